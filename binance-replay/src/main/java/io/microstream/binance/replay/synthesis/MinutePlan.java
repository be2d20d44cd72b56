package io.microstream.binance.replay.synthesis;

import io.microstream.binance.replay.Chance;
import io.microstream.market.Bar;
import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How many rows and single trades a minute gets, and how many of them on each side, such that the
 * volume is used up exactly; also the single trades and the taker-buy volume, where the kline knows
 * them and trades can have them.
 */
final class MinutePlan {

    final SidePlan buys = new SidePlan();
    final SidePlan sells = new SidePlan();
    private final Chance chance;
    private int rows;

    MinutePlan(Chance chance) {
        this.chance = chance;
    }

    int rows() {
        return rows;
    }

    /**
     * Draws the plan of a kline with volume.
     *
     * @param lot quantities are multiples of it; refined where the volume has fewer lots than
     *     trades
     * @param fewest rows needed to touch the four prices
     */
    void draw(Bar kline, long lot, int fewest, long wished, long largest) {
        BigInteger volume = units(kline.volume());
        if (volume.compareTo(BigInteger.valueOf(fewest)) < 0) {
            throw KlineCheck.refused(kline, "its volume is too small to touch its prices");
        }
        long count = kline.tradeCount();
        boolean exactCount = count >= fewest && volume.compareTo(BigInteger.valueOf(count)) >= 0;
        long step = lot;
        while (step > 1
                && lots(volume, step).bitLength() < 63
                && lots(volume, step).longValue() < (exactCount ? count : fewest)) {
            step /= 10;
        }
        boolean small = kline.takerBuyVolume() == null && fewest == 1 && wished <= 1;
        boolean oneTrade = exactCount ? count == 1 : small;
        BigInteger buyUnits =
                buyUnits(kline, volume, step, exactCount ? count == 1 : fewest == 1 && wished <= 1);
        buys.volume(buyUnits, step);
        sells.volume(volume.subtract(buyUnits), step);

        long smallest = Math.max(fewest, buys.smallestRows() + sells.smallestRows());
        exactCount &= count >= smallest;
        long most = Math.min(largest, exactCount ? Math.min(count, allLots()) : allLots());
        rows = (int) Math.max(smallest, Math.min(wished, most));
        long more = Math.min(rows, allLots() - rows);
        divide(exactCount ? count : rows + chance.below(1 + more));
    }

    /** Returns the known volume of taker buys, or a drawn one, larger in a minute that rises. */
    private BigInteger buyUnits(Bar kline, BigInteger volume, long step, boolean oneTrade) {
        if (kline.takerBuyVolume() != null) {
            BigInteger known = units(kline.takerBuyVolume());
            boolean oneSide = known.signum() == 0 || known.equals(volume);
            if (known.compareTo(volume) <= 0 && (oneSide || !oneTrade)) {
                return known;
            }
        }
        int rise = kline.close().compareTo(kline.open());
        long thousandths = 350 + 100 * rise + chance.below(300);
        BigInteger lots = lots(volume, step);
        if (oneTrade || lots.equals(BigInteger.ONE)) {
            return thousandths < 500 ? BigInteger.ZERO : volume;
        }
        return lots.multiply(BigInteger.valueOf(thousandths))
                .divide(BigInteger.valueOf(1000))
                .multiply(BigInteger.valueOf(step));
    }

    private void divide(long fills) {
        double share = (double) buys.lots() / allLots();
        int buyRows =
                (int)
                        within(
                                Math.round(rows * (0.25 + share / 2)),
                                Math.max(buys.smallestRows(), rows - sells.lots()),
                                Math.min(buys.lots(), rows - sells.smallestRows()));
        int sellRows = rows - buyRows;
        long buyFills =
                within(
                        Math.round((double) fills * buyRows / rows),
                        Math.max(buyRows, fills - sells.lots()),
                        Math.min(buys.lots(), fills - sellRows));
        buys.cutInto(buyRows, buyFills);
        sells.cutInto(sellRows, fills - buyFills);
    }

    private long allLots() {
        return buys.lots() + sells.lots();
    }

    private static long within(long wished, long lowest, long highest) {
        return Math.max(lowest, Math.min(wished, highest));
    }

    private static BigInteger lots(BigInteger volume, long step) {
        return volume.divide(BigInteger.valueOf(step));
    }

    private static BigInteger units(BigDecimal value) {
        return value.setScale(Decimal8.SCALE).unscaledValue();
    }
}

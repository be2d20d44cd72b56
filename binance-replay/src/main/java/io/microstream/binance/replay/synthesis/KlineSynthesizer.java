package io.microstream.binance.replay.synthesis;

import io.microstream.binance.replay.Chance;
import io.microstream.binance.replay.dump.TradeSink;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Aggregate trades of one symbol whose one-minute bars equal given klines exactly in open, high,
 * low, close and volume.
 *
 * <p>Where the klines state them (12 columns) the number of single trades and the taker-buy volume
 * are exact too, as long as trades can have them at all: at least one single trade for each price
 * that must be touched, and two where takers of both sides traded. The quote volume is not: it
 * follows from the prices drawn.
 *
 * <p>Ids are consecutive, single-trade ids contiguous; times rise weakly inside the minute, in
 * microseconds; prices lie on the tick and quantities on the lot that the klines use (the finest
 * power of ten seen so far, the first {@value #PRIMING_BARS} klines looked at in advance). The
 * number of rows follows the volume: N · volume / its recent mean, at least as many as touch the
 * four prices, at most {@value #MOST_TIMES_N} · N. An empty minute has none.
 *
 * <p>Deterministic: the chance of a minute depends on seed, symbol and open time. Memory: one day
 * of klines, whatever the length. Not thread-safe. Ids go on from call to call, so months can be
 * given one after the other.
 *
 * <p>Errors: a kline that no trades can have (prices differ without volume, low above open, more
 * than eight decimals) is refused with {@link IllegalArgumentException}.
 */
public final class KlineSynthesizer {

    private static final int PRIMING_BARS = 1440;
    private static final int MOST_TIMES_N = 50;
    private static final int LARGEST_N = 1_000_000;
    private static final long MINUTE_US = 60_000_000;

    private final String symbol;
    private final long seed;
    private final int tradesPerMinute;
    private final Chance chance = new Chance(0);
    private final PricePath path = new PricePath();
    private final MinutePlan plan = new MinutePlan(chance);
    private long nextId;
    private long nextTradeId;
    private long tick = Decimal8.ONE;
    private long lot = Decimal8.ONE;
    private double meanVolume;
    private long volumesSeen;
    private long newestOpenTimeMs = Long.MIN_VALUE;

    /** Creates a synthesizer whose ids start at 1. */
    public KlineSynthesizer(String symbol, long seed, int tradesPerMinute) {
        this(symbol, seed, tradesPerMinute, 1, 1);
    }

    /**
     * @param symbol upper case; klines of another are refused
     * @param seed another seed, another market with the same klines
     * @param tradesPerMinute N, the average number of aggregate trades a minute: 1…1,000,000
     * @param firstId first aggregate-trade id
     * @param firstTradeId first single-trade id
     */
    public KlineSynthesizer(
            String symbol, long seed, int tradesPerMinute, long firstId, long firstTradeId) {
        if (tradesPerMinute < 1 || tradesPerMinute > LARGEST_N) {
            throw new IllegalArgumentException(
                    "Trades per minute must be 1…" + LARGEST_N + ": given=" + tradesPerMinute);
        }
        this.symbol = symbol;
        this.seed = Chance.seedOf(seed, symbol.hashCode());
        this.tradesPerMinute = tradesPerMinute;
        this.nextId = firstId;
        this.nextTradeId = firstTradeId;
    }

    /**
     * Writes the trades of klines given in the order of their open times; gaps are allowed.
     *
     * @return how many rows were written
     */
    public long synthesize(Iterator<Bar> klines, TradeSink out) throws IOException {
        long before = nextId;
        Iterator<Bar> primed = primed(klines);
        while (primed.hasNext()) {
            writeMinute(primed.next(), out);
        }
        return nextId - before;
    }

    /** Returns the same trades to be pulled; one minute is held at a time. */
    public Iterator<Trade> trades(Iterator<Bar> klines) {
        return new TradeIterator(primed(klines));
    }

    /** Returns the klines with all 12 columns known, as the trades of {@link #trades} make them. */
    public Iterator<Bar> completed(Iterator<Bar> klines) {
        Iterator<Bar> primed = primed(klines);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return primed.hasNext();
            }

            @Override
            public Bar next() {
                return complete(primed.next());
            }
        };
    }

    private Bar complete(Bar kline) {
        BarBuilder builder = new BarBuilder();
        try {
            writeMinute(
                    kline, (id, p, q, first, last, us, m) -> builder.add(id, p, q, first, last, m));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.isEmpty()
                ? Bar.empty(symbol, kline.openTimeMs(), kline.close(), true)
                : builder.toBar(symbol, kline.openTimeMs());
    }

    /** Learns tick, lot and volume from the klines to come, before the first is used. */
    private Iterator<Bar> primed(Iterator<Bar> klines) {
        ArrayDeque<Bar> ahead = new ArrayDeque<>();
        boolean first = volumesSeen == 0;
        while (first && ahead.size() < PRIMING_BARS && klines.hasNext()) {
            Bar kline = klines.next();
            learnSteps(kline);
            learnVolume(kline, 1.0 / ++volumesSeen);
            ahead.add(kline);
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !ahead.isEmpty() || klines.hasNext();
            }

            @Override
            public Bar next() {
                return ahead.isEmpty() ? klines.next() : ahead.poll();
            }
        };
    }

    private void learnSteps(Bar kline) {
        for (BigDecimal price : List.of(kline.open(), kline.high(), kline.low(), kline.close())) {
            tick = finer(tick, price, kline);
        }
        lot = finer(lot, kline.volume(), kline);
        if (kline.takerBuyVolume() != null) {
            lot = finer(lot, kline.takerBuyVolume(), kline);
        }
    }

    private static long finer(long step, BigDecimal value, Bar kline) {
        if (value.signum() < 0 || !hasAtMostEightDecimals(value)) {
            throw KlineCheck.refused(kline, "a number is negative or has more than 8 decimals");
        }
        BigInteger units = value.setScale(Decimal8.SCALE).unscaledValue();
        long finest = step;
        while (finest > 1 && units.mod(BigInteger.valueOf(finest)).signum() != 0) {
            finest /= 10;
        }
        return finest;
    }

    private static boolean hasAtMostEightDecimals(BigDecimal value) {
        return value.scale() <= Decimal8.SCALE
                || value.stripTrailingZeros().scale() <= Decimal8.SCALE;
    }

    private void learnVolume(Bar kline, double weight) {
        meanVolume += (kline.volume().doubleValue() - meanVolume) * weight;
    }

    private void writeMinute(Bar kline, TradeSink out) throws IOException {
        KlineCheck.check(kline, symbol, newestOpenTimeMs);
        newestOpenTimeMs = kline.openTimeMs();
        learnSteps(kline);
        if (kline.volume().signum() > 0) {
            chance.seed(Chance.seedOf(seed, kline.openTimeMs()));
            path.through(
                    Decimal8.of(kline.open()),
                    Decimal8.of(kline.high()),
                    Decimal8.of(kline.low()),
                    Decimal8.of(kline.close()),
                    tick);
            double relative = kline.volume().doubleValue() / meanVolume;
            plan.draw(
                    kline,
                    lot,
                    path.fewestRows(),
                    Math.round(tradesPerMinute * relative),
                    (long) MOST_TIMES_N * tradesPerMinute);
            path.layOver(plan.rows(), chance);
            writeRows(plan.rows(), kline.openTimeMs() * 1000, out);
        }
        learnVolume(kline, 1.0 / PRIMING_BARS);
    }

    /**
     * Writes the rows of a minute: each lies in its own slice of it, or at the time of the row
     * whose sweep it continues.
     */
    private void writeRows(int rows, long startUs, TradeSink out) throws IOException {
        long slice = MINUTE_US / rows;
        long lastPrice = 0;
        long lastTimeUs = 0;
        boolean lastBuy = false;
        for (int row = 0; row < rows; row++) {
            long price = path.nextPrice(chance);
            long move = row == 0 ? 0 : price - lastPrice;
            boolean buy = nextIsBuy(move);
            SidePlan side = buy ? plan.buys : plan.sells;
            long fills = side.nextFills(chance);
            long quantity = side.nextQuantity(fills, chance);
            boolean sweeps = buy == lastBuy && (buy ? move > 0 : move < 0) && chance.below(4) == 0;
            long timeUs =
                    sweeps ? lastTimeUs : startUs + row * MINUTE_US / rows + chance.below(slice);
            out.trade(
                    nextId++, price, quantity, nextTradeId, nextTradeId + fills - 1, timeUs, !buy);
            nextTradeId += fills;
            lastPrice = price;
            lastTimeUs = timeUs;
            lastBuy = buy;
        }
    }

    /** Draws from the rows left on both sides; a rising price speaks for a buy. */
    private boolean nextIsBuy(long move) {
        int buysLeft = plan.buys.rowsLeft();
        long left = buysLeft + plan.sells.rowsLeft();
        long drawn = chance.below(left);
        if (move > 0) {
            drawn /= 2;
        } else if (move < 0) {
            drawn = left - 1 - (left - 1 - drawn) / 2;
        }
        return drawn < buysLeft;
    }

    private final class TradeIterator implements Iterator<Trade> {

        private final Iterator<Bar> klines;
        private final ArrayDeque<Trade> minute = new ArrayDeque<>();

        TradeIterator(Iterator<Bar> klines) {
            this.klines = klines;
        }

        @Override
        public boolean hasNext() {
            while (minute.isEmpty() && klines.hasNext()) {
                try {
                    writeMinute(klines.next(), this::hold);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return !minute.isEmpty();
        }

        @Override
        public Trade next() {
            if (!hasNext()) {
                throw new NoSuchElementException("No klines left: symbol=" + symbol);
            }
            return minute.poll();
        }

        private void hold(
                long id, long price, long qty, long first, long last, long us, boolean maker) {
            minute.add(new Trade(symbol, id, price, qty, first, last, us, maker));
        }
    }
}

package io.microstream.binance.replay.synthesis;

import io.microstream.binance.replay.Chance;
import io.microstream.market.Bar;
import io.microstream.market.Regime;
import java.math.BigDecimal;

/** One symbol of the {@link SimulatedMarket}, minute by minute. Prices are counted in cents. */
final class SimulatedSymbol {

    private static final Regime[] REGIMES = Regime.values();
    private static final double[] MEAN_MINUTES = {200, 67, 33};
    private static final double[] SIGMA = {2e-4, 6e-4, 2e-3};
    private static final double[] VOLUME = {1, 2, 5};
    private static final double VOLUME_SIGMA = 0.3;
    private static final double PULL = StrictMath.log(2) / (30 * 24 * 60);
    private static final int QUANTITY_SCALE = 5;

    private final String symbol;
    private final double medianVolume;
    private final Chance chance;
    private final double startCents;
    private double logPrice;
    private long closeCents;
    private int regime;
    private boolean started;

    SimulatedSymbol(String symbol, long seed, double medianVolume) {
        this.symbol = symbol;
        this.medianVolume = medianVolume;
        this.chance = new Chance(Chance.seedOf(~seed, symbol.hashCode()));
        this.closeCents = startCents(symbol);
        this.startCents = closeCents;
    }

    private static long startCents(String symbol) {
        return switch (symbol) {
            case "BTCUSDT" -> 6_000_000;
            case "ETHUSDT" -> 300_000;
            default -> 100_000 + Math.floorMod(symbol.hashCode() * 0x9E3779B1, 5_900_000);
        };
    }

    SimulatedMinute next(long openTimeMs) {
        if (started && chance.unit() < 1 / MEAN_MINUTES[regime]) {
            regime = (regime + 1 + (int) chance.below(2)) % REGIMES.length;
        }
        started = true;
        double sigma = SIGMA[regime];
        double before = logPrice;
        logPrice += sigma * chance.gaussian() - PULL * logPrice;
        double move = logPrice - before;
        double up = extreme(move, sigma);
        double down = extreme(-move, sigma);

        long open = closeCents;
        closeCents = cents(logPrice);
        long high = Math.max(Math.max(open, closeCents), cents(before + up));
        long low = Math.min(Math.min(open, closeCents), cents(before - down));
        return new SimulatedMinute(bar(openTimeMs, open, high, low), REGIMES[regime]);
    }

    /** Draws the highest point of a Brownian bridge from 0 to {@code move} by its distribution. */
    private double extreme(double move, double sigma) {
        double spread = -2 * sigma * sigma * StrictMath.log(1 - chance.unit());
        return (move + StrictMath.sqrt(move * move + spread)) / 2;
    }

    private long cents(double logOfPrice) {
        return Math.max(1, Math.round(startCents * StrictMath.exp(logOfPrice)));
    }

    private Bar bar(long openTimeMs, long open, long high, long low) {
        double volume =
                medianVolume * VOLUME[regime] * StrictMath.exp(VOLUME_SIGMA * chance.gaussian());
        return new Bar(
                symbol,
                openTimeMs,
                price(open),
                price(high),
                price(low),
                price(closeCents),
                BigDecimal.valueOf(Math.max(1, Math.round(volume * 1e5)), QUANTITY_SCALE),
                null,
                null,
                null,
                -1,
                -1,
                -1,
                true,
                true,
                0);
    }

    private static BigDecimal price(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }
}

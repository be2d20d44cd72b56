package io.microstream.binance.replay;

/**
 * Seeded chance: SplitMix64, the same numbers on every machine and every Java version.
 *
 * <p>Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
public final class Chance {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Chance(long seed) {
        this.state = seed;
    }

    /** Starts the sequence of another seed. */
    public void seed(long seed) {
        state = seed;
    }

    /** Returns a seed for a part of something seeded: well mixed, so neighbours are unrelated. */
    public static long seedOf(long seed, long part) {
        return mix(mix(seed + GOLDEN_GAMMA) + part);
    }

    public long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Draws uniformly from {@code [0, bound)}; bound ≥ 1. */
    public long below(long bound) {
        return Math.multiplyHigh(bits() >>> 1, bound << 1);
    }

    /** Draws uniformly from {@code [0, 1)}. */
    public double unit() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** Draws from the standard normal distribution, by Marsaglia's polar method. */
    public double gaussian() {
        while (true) {
            double x = 2 * unit() - 1;
            double y = 2 * unit() - 1;
            double s = x * x + y * y;
            if (s > 0 && s < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package io.microstream.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * An exact sum of non-negative numbers in 128 bits: quantities in units of 1e-8, or products of
 * price and quantity in units of 1e-16. A long alone overflows at 9.2e10 base units, which cheap
 * coins trade in a minute.
 *
 * <p>Order-free: any order of additions and merges gives the same sum. Mutable; a state type
 * (public fields, no-argument constructor).
 *
 * <p>The largest sum is 2^127 − 1 units; beyond it {@link ArithmeticException} is thrown rather
 * than a wrong sum returned.
 */
public final class ExactSum {

    /** The upper 64 bits of the sum. */
    public long high;

    /** The lower 64 bits of the sum, unsigned. */
    public long low;

    public ExactSum() {}

    /** Adds {@code units}, which must not be negative. */
    public void add(long units) {
        addBits(0, units);
    }

    /** Adds {@code a · b}, both ≥ 0, without loss. */
    public void addProduct(long a, long b) {
        addBits(Math.multiplyHigh(a, b), a * b);
    }

    /** Adds another sum of the same unit. */
    public void add(ExactSum other) {
        addBits(other.high, other.low);
    }

    private void addBits(long otherHigh, long otherLow) {
        long sum = low + otherLow;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        high = Math.addExact(Math.addExact(high, otherHigh), carry);
        low = sum;
    }

    /** The sum as a decimal with {@code scale} places. */
    public BigDecimal toBigDecimal(int scale) {
        return new BigDecimal(toBigInteger(), scale);
    }

    /** Returns the sum, in the units that were added. */
    public BigInteger toBigInteger() {
        if (high == 0 && low >= 0) {
            return BigInteger.valueOf(low);
        }
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
    }

    private static BigInteger unsigned(long bits) {
        return BigInteger.valueOf(bits >>> 1).shiftLeft(1).add(BigInteger.valueOf(bits & 1));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ExactSum other && high == other.high && low == other.low;
    }

    @Override
    public int hashCode() {
        return Objects.hash(high, low);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}

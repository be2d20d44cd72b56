package io.microstream.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    private static final BigInteger LARGEST = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);

    @Test
    void sumsAndProductsEqualBigInteger() {
        Random random = new Random(1);
        for (int run = 0; run < 500; run++) {
            ExactSum sum = new ExactSum();
            BigInteger exact = BigInteger.ZERO;
            for (int i = 0; i < 200; i++) {
                long a = random.nextLong() >>> (1 + random.nextInt(40));
                long b = random.nextLong() >>> (12 + random.nextInt(40));
                if (random.nextBoolean()) {
                    sum.add(a);
                    exact = exact.add(BigInteger.valueOf(a));
                } else {
                    sum.addProduct(a, b);
                    exact = exact.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
                }
                assertThat(sum.toBigInteger()).isEqualTo(exact);
            }
            assertThat(sum.toBigDecimal(16)).isEqualTo(new BigDecimal(exact, 16));
            assertThat(sum).hasToString(exact.toString());
        }
    }

    @Test
    void sumsPassTwoToThePower63And64() {
        ExactSum sum = new ExactSum();
        sum.add(Long.MAX_VALUE);
        sum.add(1);
        assertThat(sum.toBigInteger()).isEqualTo(BigInteger.TWO.pow(63));
        sum.add(Long.MAX_VALUE);
        assertThat(sum.toBigInteger()).isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        sum.add(1);
        assertThat(sum.toBigInteger()).isEqualTo(BigInteger.TWO.pow(64));
    }

    @Test
    void mergedSumsEqualTheSumOfAllInAnyOrder() {
        Random random = new Random(2);
        ExactSum whole = new ExactSum();
        ExactSum[] parts = {new ExactSum(), new ExactSum(), new ExactSum()};
        for (int i = 0; i < 1_000; i++) {
            long a = random.nextLong() >>> 1;
            long b = random.nextLong() >>> 12;
            whole.addProduct(a, b);
            parts[random.nextInt(3)].addProduct(a, b);
        }
        ExactSum forth = new ExactSum();
        ExactSum back = new ExactSum();
        for (int i = 0; i < 3; i++) {
            forth.add(parts[i]);
            back.add(parts[2 - i]);
        }
        assertThat(forth).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(back).isEqualTo(whole);
        forth.add(1);
        assertThat(forth).isNotEqualTo(whole);
    }

    @Test
    void theLargestSumIsReachedAndTheNextOneThrowsAndChangesNothing() {
        ExactSum sum = sumOf(Long.MAX_VALUE, -1);
        assertThat(sum.toBigInteger()).isEqualTo(LARGEST);
        assertThatThrownBy(() -> sum.add(1)).isInstanceOf(ArithmeticException.class);
        assertThat(sum.toBigInteger()).isEqualTo(LARGEST);
    }

    @Test
    void anOverflowOfACarryThrowsToo() {
        ExactSum one = new ExactSum();
        one.add(1);
        assertThatThrownBy(() -> one.add(sumOf(Long.MAX_VALUE, -1)))
                .isInstanceOf(ArithmeticException.class);
        assertThat(one.toBigInteger()).isEqualTo(BigInteger.ONE);
    }

    private static ExactSum sumOf(long high, long low) {
        ExactSum sum = new ExactSum();
        sum.high = high;
        sum.low = low;
        return sum;
    }
}

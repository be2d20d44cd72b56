package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    @ParameterizedTest
    @CsvSource({
        "61837.63000000, 6183763000000",
        "0.00000001, 1",
        "0.000000010, 1",
        "007.5, 750000000",
        "42, 4200000000",
        "92233720368.54775807, 9223372036854775807"
    })
    void plainDecimalsAreExact(String text, long units) {
        assertThat(decimal8(text)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                ".5",
                "-1",
                "+1",
                "1e5",
                "5E-8",
                "1.2.3",
                "0.000000001",
                "NaN",
                "92233720368.54775808",
                "92233720369",
                "100000000000000000000",
                " 1",
                "1,5"
            })
    void anythingElseIsUnreadable(String text) {
        assertThat(decimal8(text)).isEqualTo(Digits.UNREADABLE);
    }

    @Test
    void naturalsAgreeWithBigInteger() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            String text = randomText(random, "0123456789", 22);
            boolean fits =
                    !text.isEmpty()
                            && text.length() <= 19
                            && new BigInteger(text).bitLength() <= 63;
            long expected = fits ? new BigInteger(text).longValueExact() : Digits.UNREADABLE;
            byte[] ascii = text.getBytes(US_ASCII);
            assertThat(Digits.natural(ascii, 0, ascii.length)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void decimalsAgreeWithDecimal8() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 200_000; i++) {
            String text = randomText(random, "0123456789000.e-", 24);
            long expected = Digits.UNREADABLE;
            try {
                expected = Decimal8.parse(text);
            } catch (NumberFormatException e) {
                expected = Digits.UNREADABLE;
            }
            assertThat(decimal8(text)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void largeDecimalsGoBeyondALong() {
        assertThat(large("10000000000000.00000001"))
                .isEqualTo(new BigDecimal("10000000000000.00000001"));
        assertThat(large("92233720368.54775808")).isEqualTo(new BigDecimal("92233720368.54775808"));
        assertThat(large("123456789012.5")).isEqualTo(new BigDecimal("123456789012.50000000"));
        assertThat(large("3.5")).isEqualTo(new BigDecimal("3.50000000"));
        assertThat(large("123456789012x")).isNull();
        assertThat(large("12345678901234567890123456789012")).isNull();
        assertThat(large("x")).isNull();
    }

    private static BigDecimal large(String text) {
        byte[] ascii = text.getBytes(US_ASCII);
        return Digits.largeDecimal(ascii, 0, ascii.length);
    }

    private static long decimal8(String text) {
        byte[] ascii = ("x" + text + "9").getBytes(US_ASCII);
        return Digits.decimal8(ascii, 1, ascii.length - 1);
    }

    private static String randomText(SplittableRandom random, String alphabet, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(maxLength); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

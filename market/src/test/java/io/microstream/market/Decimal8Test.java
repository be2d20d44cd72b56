package io.microstream.market;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Decimal8Test {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.00000000, 0",
        "1, 100000000",
        "0.00000001, 1",
        "61837.63000000, 6183763000000",
        "007.5, 750000000",
        "1.5, 150000000",
        "1.000000010, 100000001",
        "1.00000001000000000000, 100000001",
        "92233720368, 9223372036800000000",
        "92233720368.54775807, 9223372036854775807"
    })
    void decimalsAreReadExactly(String text, long units) {
        assertThat(Decimal8.parse(text)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                ".5",
                "+1",
                "-1",
                "1e5",
                "1E5",
                "1,5",
                " 1",
                "1 ",
                "1.2.3",
                "0x1",
                "NaN",
                "٣",
                "1.000000001",
                "0.123456789",
                "92233720368.54775808",
                "92233720369",
                "99999999999.99999999",
                "100000000000",
                "9999999999999999999999",
                "18446744073709551616"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Decimal8.parse(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageStartingWith("not a decimal of at most 8 places: '");
    }

    @Test
    void refusalsShowTheTextInOneLineCutToSize() {
        assertThatThrownBy(() -> Decimal8.parse("x".repeat(100)))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("not a decimal of at most 8 places: '" + "x".repeat(40) + "'");
    }

    @Test
    void aRangeInsideARowIsRead() {
        byte[] row = "4711,61837.63000000,0.5,".getBytes(US_ASCII);
        assertThat(Decimal8.parse(row, 5, 19)).isEqualTo(6183763000000L);
        assertThat(Decimal8.parse(row, 20, 23)).isEqualTo(50_000_000);
    }

    @Test
    void randomNumbersMakeTheRoundTripAndEqualBigDecimal() {
        Random random = new Random(1);
        byte[] out = new byte[64];
        for (int i = 0; i < 200_000; i++) {
            long units = random.nextLong() >>> (1 + random.nextInt(63));
            int end = Decimal8.write(units, out, 3);
            String text = new String(out, 3, end - 3, US_ASCII);
            BigDecimal exact = BigDecimal.valueOf(units, 8);
            assertThat(text).isEqualTo(exact.toPlainString());
            assertThat(Decimal8.parse(text)).isEqualTo(units);
            assertThat(Decimal8.parse(out, 3, end)).isEqualTo(units);
            assertThat(Decimal8.toBigDecimal(units)).isEqualTo(exact);
            assertThat(Decimal8.of(exact)).isEqualTo(units);
            assertThat(Decimal8.parse(exact.stripTrailingZeros().toPlainString())).isEqualTo(units);
        }
    }

    @Test
    void onlyExactDecimalsThatFitHaveUnits() {
        assertThat(Decimal8.of(new BigDecimal("1.50"))).isEqualTo(150_000_000);
        assertThat(Decimal8.of(new BigDecimal("1E+2"))).isEqualTo(10_000_000_000L);
        assertThatThrownBy(() -> Decimal8.of(new BigDecimal("0.000000001")))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Decimal8.of(new BigDecimal("92233720368.54775808")))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void doublesAreForFeaturesOnly() {
        assertThat(Decimal8.toDouble(6183763000000L)).isEqualTo(61837.63);
        assertThat(Decimal8.toDouble(1)).isEqualTo(1e-8);
    }
}

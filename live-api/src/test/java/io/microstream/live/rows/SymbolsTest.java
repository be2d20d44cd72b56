package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolsTest {

    private static final List<String> KNOWN = List.of("BNBUSDT", "BTCUSDT", "ETHUSDT");

    @Test
    void nearOnesAreThoseOfFewOtherLettersOrThatBeginSo() {
        assertThat(Symbols.near("btcusdt", KNOWN)).contains("BTCUSDT");
        assertThat(Symbols.near("BTCUSD", KNOWN)).contains("BTCUSDT");
        assertThat(Symbols.near("XTCUSDT", KNOWN)).contains("BTCUSDT");
        assertThat(Symbols.near("ETH", KNOWN)).contains("ETHUSDT");
        assertThat(Symbols.near("DOGEUSDT", KNOWN)).isEmpty();
        assertThat(Symbols.near("BTCUSDT", List.of())).isEmpty();
    }

    @Test
    void distanceCountsLettersToAddDropOrChange() {
        assertThat(Symbols.distance("", "abc")).isEqualTo(3);
        assertThat(Symbols.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Symbols.distance("same", "same")).isZero();
    }
}

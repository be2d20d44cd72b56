package io.microstream.live.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseWindowTest {

    private static final long AT = Instant.parse("2026-01-05T00:17:00Z").toEpochMilli();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-05T00:17:00Z",
                "2026-01-05T00:17Z",
                "2026-01-05T00:17",
                "2026-01-05 00:17",
                "2026-01-05 00:17:00",
                "2026-01-05T02:17:00+02:00",
                "2026-01-05T02:17+02:00",
                " 1767572220000 "
            })
    void timesAreReadAsPeopleWriteThem(String text) {
        assertThat(CaseWindow.parseMs(text)).isEqualTo(AT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"soon", "2026-13-05T00:17Z", "2026-01-05", "", "-5", "2026-01-05T25:00"})
    void whatIsNoTimeIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> CaseWindow.parseMs(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Not a time: at="
                                + text
                                + ". Give ISO-8601 such as 2026-01-05T00:17:00Z, or milliseconds since 1970");
    }

    @Test
    void momentInsideAMinuteIsThatMinute() {
        CaseWindow window = new CaseWindow("BTCUSDT", AT + 59_999, 15);
        assertThat(window.momentMs()).isEqualTo(AT);
        assertThat(window.from()).isEqualTo(Instant.parse("2026-01-05T00:02:00Z"));
        assertThat(window.to()).isEqualTo(Instant.parse("2026-01-05T00:33:00Z"));
        assertThat(window.bars()).isEqualTo(31);
        assertThat(window.fileName()).isEqualTo("case-BTCUSDT-20260105T0017Z.zip");
    }

    @Test
    void symbolsInOtherAlphabetsAreEscapedInFileNames() {
        assertThat(new CaseWindow("币安人生USDT", AT, 1).fileName())
                .isEqualTo("case-____USDT-20260105T0017Z.zip");
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new CaseWindow("BTCUSDT", AT, 0))
                .hasMessageContaining("minutes=0");
        assertThatThrownBy(() -> new CaseWindow("BTCUSDT", AT, 241))
                .hasMessage("Minutes out of range: minutes=241. Give 1 to 240");
        assertThatThrownBy(() -> new CaseWindow("a b", AT, 1)).hasMessageContaining("symbol=a b");
        assertThatThrownBy(() -> new CaseWindow("", AT, 1)).hasMessageContaining("Not a symbol");
        assertThatThrownBy(() -> new CaseWindow("BTCUSDT", Long.MAX_VALUE, 1))
                .hasMessageContaining("Time out of range");
    }
}

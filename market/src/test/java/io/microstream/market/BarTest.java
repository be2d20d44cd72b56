package io.microstream.market;

import static io.microstream.market.Bars.bar;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BarTest {

    @Test
    void everyMicrosecondOfAMinuteBelongsToIt() {
        long minute = Bars.START_MS;
        assertThat(Bar.minuteOf(minute * 1000)).isEqualTo(minute);
        assertThat(Bar.minuteOf(minute * 1000 + 59_999_999)).isEqualTo(minute);
        assertThat(Bar.minuteOf(minute * 1000 + 60_000_000)).isEqualTo(minute + 60_000);
        assertThat(Bar.minuteOf(-1)).isEqualTo(-60_000);
        assertThat(
                        new Trade("BTCUSDT", 5, 100, 1, 10, 13, (minute + 59_000) * 1000, false)
                                .minuteMs())
                .isEqualTo(minute);
        assertThat(bar("BTCUSDT").build().closeTimeMs()).isEqualTo(minute + 59_999);
    }

    @Test
    void anEmptyBarIsFlatAtThePreviousCloseWithoutTrades() {
        Bar empty = Bar.empty("BTCUSDT", 60_000, new BigDecimal("7.5"), true);
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.open()).isEqualTo("7.5");
        assertThat(empty.high()).isEqualTo(empty.low()).isEqualTo(empty.close()).isEqualTo("7.5");
        assertThat(empty.volume()).isZero();
        assertThat(empty.quoteVolume()).isZero();
        assertThat(empty.takerBuyVolume()).isZero();
        assertThat(empty.tradeCount()).isZero();
        assertThat(empty.firstTradeId()).isEqualTo(-1);
        assertThat(empty.lastTradeId()).isEqualTo(-1);
        assertThat(empty.revision()).isZero();
        assertThat(empty.withRevision(3).revision()).isEqualTo(3);
        assertThat(empty.withRevision(3).withRevision(0)).isEqualTo(empty);
    }

    @Test
    void aBarWithTradesIsNotEmpty() {
        assertThat(bar("BTCUSDT").build().isEmpty()).isFalse();
        assertThat(bar("BTCUSDT").empty().build().isEmpty()).isTrue();
    }

    @Test
    void tradesCountTheirSingleTradesAndRememberGaps() {
        Trade trade = new Trade("BTCUSDT", 5, 100, 1, 10, 13, 0, false);
        assertThat(trade.tradeCount()).isEqualTo(4);
        assertThat(trade.missingBefore()).isZero();
        assertThat(trade.afterGapOf(7).missingBefore()).isEqualTo(7);
        assertThat(trade.afterGapOf(7).afterGapOf(0)).isEqualTo(trade);
        assertThat(trade.closesMinute()).isFalse();
        assertThat(trade.asLastOfItsMinute().closesMinute()).isTrue();
    }
}

package io.microstream.binance.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.source.split.Splits;
import io.microstream.binance.trades.FeedStart;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Test;

class BinanceSourceBuilderTest {

    private static final List<ArchiveFile> TRADES = Splits.split("BTCUSDT", 5).files();
    private static final List<ArchiveFile> KLINES =
            Splits.full().files().stream().filter(file -> file.kind() == DumpKind.KLINES).toList();

    private static void assertRefused(BinanceSourceBuilder source, String... words) {
        assertThatThrownBy(source::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .message()
                .hasLineCount(1);
    }

    @Test
    void nothingToRead() {
        assertRefused(BinanceSource.builder(), "Nothing to read", "archive()", "live()");
        assertRefused(BinanceSource.builder().live(LiveConfig.binance()), "Nothing to read");
    }

    @Test
    void speedsThatAreNone() {
        for (double speed : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(BinanceSource.builder().archive(TRADES).speed(speed), "speed=" + speed);
        }
    }

    @Test
    void symbolsToFollowWithoutAnExchange() {
        assertRefused(
                BinanceSource.builder()
                        .archive(TRADES)
                        .symbols(List.of("ethusdt"), FeedStart.LATEST),
                "[ETHUSDT]",
                "Give live()");
        assertRefused(BinanceSource.builder().archive(TRADES).until(Map.of("BTCUSDT", 7L)), "live");
    }

    @Test
    void klinesAndPacedRowsThatAreToGoOnLive() {
        BinanceSourceBuilder klines =
                BinanceSource.builder().archive(KLINES).live(LiveConfig.binance());
        assertRefused(klines, "klines=true");
        BinanceSourceBuilder paced =
                BinanceSource.builder().archive(TRADES).speed(2).live(LiveConfig.binance());
        assertRefused(paced, "speed=2.0");
    }

    @Test
    void lastIdsOfSymbolsThatAreNotFollowed() {
        assertRefused(
                BinanceSource.builder()
                        .live(LiveConfig.binance())
                        .startFrom("BTCUSDT", FeedStart.LATEST)
                        .until(Map.of("ETHUSDT", 7L)),
                "ETHUSDT=7");
    }

    @Test
    void aSourceEndsIfAllItsSymbolsDo() {
        assertThat(BinanceSource.builder().archive(TRADES).build().getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
        BinanceSourceBuilder live =
                BinanceSource.builder()
                        .archive(TRADES)
                        .live(LiveConfig.binance())
                        .startFrom("ethusdt", FeedStart.LATEST);
        assertThat(live.build().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(live.until(Map.of("BTCUSDT", 7L)).build().getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(live.until(Map.of("BTCUSDT", 7L, "ETHUSDT", 8L)).build().getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
    }
}

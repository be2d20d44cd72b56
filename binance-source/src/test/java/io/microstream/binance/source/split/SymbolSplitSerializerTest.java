package io.microstream.binance.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolSplitSerializerTest {

    /** {@link Splits#full()} as version 1 wrote it. */
    private static final String VERSION_1 =
            "0008c3845448555344540000000400182f646174612fc3845448555344544147475f545241444553"
                    + "000a4147475f5452414445530008c384544855534454000000020008c38454485553445400054f54"
                    + "48455201000000000000000000120000000000000002000000000000000300000000000000047fff"
                    + "ffffffffffff0000000000000006000000000000000700010000142f646174612fc3845448555344"
                    + "5454524144455300065452414445530008c384544855534454000000020008c38454485553445400"
                    + "054f54484552000100000000000000001d0000000000000002000000000000000300000000000000"
                    + "047fffffffffffffff0000000000000006000000000000000700010100142f646174612fc3845448"
                    + "555344544b4c494e455300064b4c494e45530008c384544855534454000000020008c38454485553"
                    + "445400054f5448455200000100000000000000280000000000000002000000000000000300000000"
                    + "000000047fffffffffffffff0000000000000006000000000000000700010000152f646174612fc3"
                    + "84544855534454434150545552450007434150545552450008c384544855534454000000020008c3"
                    + "8454485553445400054f544845520000000000000000000033000000000000000200000000000000"
                    + "0300000000000000047fffffffffffffff0000000000000006000000000000000701000000000000"
                    + "00000001000000000000000200000000000000030000000000000004000000000000000500000000"
                    + "0000000600000000000000070000000000000008";

    private final SymbolSplitSerializer serializer =
            new SymbolSplitSerializer(StreamKind.AGG_TRADE);

    @Test
    void everyFieldSurvives() throws IOException {
        for (SymbolSplit split :
                List.of(
                        Splits.full(),
                        Splits.split("BTCUSDT", 5),
                        new SymbolSplit("EMPTY", List.of(), TradePosition.START),
                        live(FeedStart.LATEST, LiveRange.ENDLESS),
                        live(FeedStart.atId(77), 99),
                        live(FeedStart.atTimeMs(1_767_225_600_000L), 5))) {
            byte[] bytes = serializer.serialize(split);
            assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(split);
        }
    }

    private static SymbolSplit live(FeedStart start, long stopId) {
        return new SymbolSplit(
                "BTCUSDT",
                Splits.full().files(),
                new LiveRange(start, stopId),
                Splits.full().position());
    }

    @Test
    void whatVersion1WroteIsStillRead() throws IOException {
        byte[] bytes = HexFormat.of().parseHex(VERSION_1);
        assertThat(serializer.deserialize(1, bytes)).isEqualTo(Splits.full());
        assertThat(Splits.full().live()).as("version 1 knew no live part").isNull();
    }

    /** Splits as the release wrote them in which a split was a symbol. */
    @Test
    void splitsOfVersion2RestoreAsTheKindOfTheirFilesOrOfTheLiveFeed() throws IOException {
        List<SymbolSplit> restored = ofVersion2(StreamKind.AGG_TRADE);
        SymbolSplit full = Splits.full();
        SplitPosition position = full.position();
        LiveRange endless = new LiveRange(FeedStart.LATEST, LiveRange.ENDLESS);
        LiveRange ids = new LiveRange(FeedStart.atId(77), 99);
        assertThat(restored)
                .containsExactly(
                        new SymbolSplit(
                                "ÄTHUSDT", StreamKind.KLINE_1M, full.files(), null, position),
                        new SymbolSplit(
                                "BTCUSDT", StreamKind.AGG_TRADE, List.of(), endless, position),
                        new SymbolSplit(
                                "BTCUSDT",
                                StreamKind.AGG_TRADE,
                                List.of(full.files().get(0)),
                                ids,
                                TradePosition.START),
                        new SymbolSplit(
                                "BTCUSDT",
                                StreamKind.TRADE,
                                List.of(full.files().get(1)),
                                null,
                                position));
        assertThat(restored.get(1).splitId()).isEqualTo("btcusdt@aggTrade");
        assertThat(ofVersion2(StreamKind.TRADE))
                .extracting(SymbolSplit::kind)
                .containsExactly(
                        StreamKind.KLINE_1M, StreamKind.TRADE, StreamKind.TRADE, StreamKind.TRADE);
    }

    /** Positions of version 3 know nothing of rows set aside: the newest trade is the highest. */
    @Test
    void splitsOfVersion3Restore() throws IOException {
        SymbolSplit full = Splits.full();
        LiveRange ids = new LiveRange(FeedStart.atId(77), 99);
        assertThat(ofVersion(3, StreamKind.AGG_TRADE))
                .containsExactly(
                        full,
                        new SymbolSplit(
                                "BTCUSDT", StreamKind.TRADE, full.files(), ids, full.position()));
        assertThat(full.tradePosition().highestTradeId())
                .isEqualTo(full.tradePosition().lastTradeId());
    }

    private List<SymbolSplit> ofVersion2(StreamKind liveKind) throws IOException {
        return ofVersion(2, liveKind);
    }

    private List<SymbolSplit> ofVersion(int version, StreamKind liveKind) throws IOException {
        SymbolSplitSerializer reading = new SymbolSplitSerializer(liveKind);
        List<SymbolSplit> restored = new ArrayList<>();
        String resource = "/splits-of-version-" + version + ".hex";
        try (InputStream in = getClass().getResourceAsStream(resource)) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                restored.add(reading.deserialize(version, HexFormat.of().parseHex(line)));
            }
        }
        return restored;
    }

    @Test
    void streamsOfOneSymbolAreSplitsOfTheirOwn() throws IOException {
        for (StreamKind kind : StreamKind.values()) {
            SymbolSplit split =
                    new SymbolSplit("BTCUSDT", kind, List.of(), null, TradePosition.START);
            assertThat(serializer.deserialize(4, serializer.serialize(split))).isEqualTo(split);
            assertThat(split.splitId()).isEqualTo(kind.streamOf("BTCUSDT"));
        }
    }

    @Test
    void equalSplitsGiveEqualBytes() throws IOException {
        assertThat(serializer.serialize(Splits.full()))
                .isEqualTo(serializer.serialize(Splits.full()));
    }

    @Test
    void anotherVersionIsRefusedInOneLine() throws IOException {
        byte[] bytes = serializer.serialize(Splits.full());
        for (int version : new int[] {0, 5, -1}) {
            assertThatThrownBy(() -> serializer.deserialize(version, bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("version=" + version)
                    .hasMessageContaining("known=1…4")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void bytesThatWereCutAreRefused() throws IOException {
        byte[] bytes = serializer.serialize(Splits.full());
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(serializer.getVersion(), part))
                    .as("length=%d", length)
                    .isInstanceOf(IOException.class);
        }
    }
}

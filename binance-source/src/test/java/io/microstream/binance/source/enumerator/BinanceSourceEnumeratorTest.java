package io.microstream.binance.source.enumerator;

import static io.microstream.binance.source.split.Splits.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.source.split.LiveRange;
import io.microstream.binance.source.split.Splits;
import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.SymbolSplitSerializer;
import io.microstream.binance.source.split.TradePosition;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class BinanceSourceEnumeratorTest {

    /**
     * {@link Splits#full()} and 5 rows of BTCUSDT as the release wrote them that knew no live part.
     */
    private static final String BEFORE_LIVE =
            "0000000100000002000002440008c3845448555344540000000400182f646174612fc38454485553"
                    + "44544147475f545241444553000a4147475f5452414445530008c384544855534454000000020008"
                    + "c38454485553445400054f5448455201000000000000000000120000000000000002000000000000"
                    + "000300000000000000047fffffffffffffff0000000000000006000000000000000700010000142f"
                    + "646174612fc38454485553445454524144455300065452414445530008c384544855534454000000"
                    + "020008c38454485553445400054f54484552000100000000000000001d0000000000000002000000"
                    + "000000000300000000000000047fffffffffffffff00000000000000060000000000000007000101"
                    + "00142f646174612fc3845448555344544b4c494e455300064b4c494e45530008c384544855534454"
                    + "000000020008c38454485553445400054f5448455200000100000000000000280000000000000002"
                    + "000000000000000300000000000000047fffffffffffffff00000000000000060000000000000007"
                    + "00010000152f646174612fc384544855534454434150545552450007434150545552450008c38454"
                    + "4855534454000000020008c38454485553445400054f544845520000000000000000000033000000"
                    + "0000000002000000000000000300000000000000047fffffffffffffff0000000000000006000000"
                    + "00000000070100000000000000000001000000000000000200000000000000030000000000000004"
                    + "0000000000000005000000000000000600000000000000070000000000000008000000cd00074254"
                    + "43555344540000000100172f646174612f425443555344544147475f545241444553000a4147475f"
                    + "5452414445530007425443555344540000000200074254435553445400054f544845520100000000"
                    + "0000000000050000000000000002000000000000000300000000000000047fffffffffffffff0000"
                    + "00000000000600000000000000070001000000000000000000ffffffffffffffffffffffffffffff"
                    + "ffffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffffffffffffffffff"
                    + "ff";

    private static final List<SymbolSplit> SPLITS =
            List.of(split("A", 10), split("B", 70), split("C", 40), split("D", 40), split("E", 5));

    @Test
    void theLargestGoFirstEachToTheReaderWithTheLeastRows() throws Exception {
        // 72 | 42 | 42 rows, then 10 to the second, 5 to the third: two malformed rows each.
        Map<Integer, List<String>> expected =
                Map.of(0, List.of("B"), 1, List.of("C", "A"), 2, List.of("D", "E"));
        for (int seed = 0; seed < 10; seed++) {
            List<SymbolSplit> shuffled = new ArrayList<>(SPLITS);
            Collections.shuffle(shuffled, new Random(seed));
            List<Integer> readers = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(readers, new Random(seed));
            assertThat(assignments(shuffled, 3, readers)).isEqualTo(expected);
        }
    }

    @Test
    void symbolsThatGoOnLiveAreSpreadByNumberWhateverTheirFilesHold() throws Exception {
        List<SymbolSplit> splits = new ArrayList<>();
        for (String symbol : List.of("A", "B", "C", "D", "E", "F", "G")) {
            splits.add(live(symbol, List.of()));
        }
        splits.add(live("H", split("H", 1_000_000).files()));
        Collections.shuffle(splits, new Random(3));

        Map<Integer, List<String>> shares = assignments(splits, 3, List.of(2, 0, 1));

        assertThat(shares)
                .isEqualTo(
                        Map.of(
                                0,
                                List.of("H", "E"),
                                1,
                                List.of("A", "C", "F"),
                                2,
                                List.of("B", "D", "G")));
    }

    @Test
    void emptySplitsAreSpreadToo() throws Exception {
        List<SymbolSplit> empty =
                List.of(
                        new SymbolSplit("A", List.of(), TradePosition.START),
                        new SymbolSplit("B", List.of(), TradePosition.START));
        assertThat(assignments(empty, 2, List.of(0, 1)))
                .isEqualTo(Map.of(0, List.of("A"), 1, List.of("B")));
    }

    private static BinanceSourceEnumState withLive() {
        return new BinanceSourceEnumState(List.of(live("A", List.of()), split("B", 3)));
    }

    private static SymbolSplit live(String symbol, List<ArchiveFile> files) {
        return new SymbolSplit(
                symbol,
                files,
                new LiveRange(FeedStart.LATEST, LiveRange.ENDLESS),
                TradePosition.START);
    }

    @Test
    void splitsThatNobodyReadsAfterARescaleAreSharedAmongThoseThereAre() throws Exception {
        try (var context = new MockSplitEnumeratorContext<SymbolSplit>(2)) {
            BinanceSourceEnumerator enumerator = new BinanceSourceEnumerator(context, List.of());
            enumerator.start();
            SymbolSplit read = Splits.full();
            enumerator.addSplitsBack(List.of(read), 5);
            register(context, 0);
            register(context, 1);
            enumerator.addReader(0);
            assertThat(enumerator.snapshotState(1).unassigned()).containsExactly(read);
            enumerator.addReader(1);
            assertThat(enumerator.snapshotState(2).unassigned()).isEmpty();
            assertThat(context.getSplitsAssignmentSequence().get(0).assignment())
                    .isEqualTo(Map.of(1, List.of(read)));
        }
    }

    @Test
    void aStateFromBeforeTheLivePartIsStillRead() throws IOException {
        assertThat(
                        new BinanceSourceEnumStateSerializer(
                                        new SymbolSplitSerializer(StreamKind.AGG_TRADE))
                                .deserialize(1, HexFormat.of().parseHex(BEFORE_LIVE)))
                .isEqualTo(new BinanceSourceEnumState(List.of(Splits.full(), split("BTCUSDT", 5))));
    }

    /** The state as the release wrote it in which a split was a symbol. */
    @Test
    void aStateFromBeforeSplitsHadAKindRestores() throws IOException {
        String hex;
        try (InputStream in = getClass().getResourceAsStream("/enumerator-of-splits-2.hex")) {
            hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
        assertThat(
                        new BinanceSourceEnumStateSerializer(
                                        new SymbolSplitSerializer(StreamKind.AGG_TRADE))
                                .deserialize(1, HexFormat.of().parseHex(hex)))
                .isEqualTo(
                        new BinanceSourceEnumState(List.of(Splits.full(), live("A", List.of()))));
    }

    @Test
    void readersWithoutAShareLearnThatThereIsNoMore() throws Exception {
        try (var context = new MockSplitEnumeratorContext<SymbolSplit>(4)) {
            BinanceSourceEnumerator enumerator =
                    new BinanceSourceEnumerator(context, SPLITS.subList(0, 2));
            enumerator.start();
            for (int reader = 0; reader < 4; reader++) {
                register(context, reader);
                assertThat(context.hasNoMoreSplits(reader)).isFalse();
                enumerator.addReader(reader);
                assertThat(context.hasNoMoreSplits(reader)).isTrue();
            }
            assertThat(context.getSplitsAssignmentSequence()).hasSize(2);
        }
    }

    @Test
    void aShareIsGivenOnce() throws Exception {
        try (var context = new MockSplitEnumeratorContext<SymbolSplit>(1)) {
            BinanceSourceEnumerator enumerator = new BinanceSourceEnumerator(context, SPLITS);
            enumerator.start();
            register(context, 0);
            enumerator.addReader(0);
            enumerator.addReader(0);
            assertThat(context.getSplitsAssignmentSequence()).hasSize(1);
        }
    }

    @Test
    void splitsOfAFailedReaderGoBackToItWithTheirPositions() throws Exception {
        try (var context = new MockSplitEnumeratorContext<SymbolSplit>(2)) {
            BinanceSourceEnumerator enumerator = new BinanceSourceEnumerator(context, SPLITS);
            enumerator.start();
            register(context, 0);
            register(context, 1);
            enumerator.addReader(0);
            enumerator.addReader(1);
            assertThat(enumerator.snapshotState(1).unassigned()).isEmpty();

            SymbolSplit read = Splits.full();
            enumerator.addSplitsBack(List.of(read), 1);
            assertThat(enumerator.snapshotState(2).unassigned()).containsExactly(read);
            enumerator.addReader(1);
            SplitsAssignment<SymbolSplit> last = context.getSplitsAssignmentSequence().get(2);
            assertThat(last.assignment()).isEqualTo(Map.of(1, List.of(read)));
            assertThat(enumerator.snapshotState(3).unassigned()).isEmpty();
        }
    }

    @Test
    void whatNoReaderHasYetIsInTheSnapshotAndIsSharedAfterARestore() throws Exception {
        BinanceSourceEnumState state;
        try (var context = new MockSplitEnumeratorContext<SymbolSplit>(3)) {
            BinanceSourceEnumerator enumerator = new BinanceSourceEnumerator(context, SPLITS);
            enumerator.start();
            register(context, 1);
            enumerator.addReader(1);
            state = enumerator.snapshotState(1);
        }
        assertThat(state.unassigned())
                .extracting(SymbolSplit::symbol)
                .containsExactlyInAnyOrder("B", "D", "E");
        BinanceSourceEnumStateSerializer serializer =
                new BinanceSourceEnumStateSerializer(
                        new SymbolSplitSerializer(StreamKind.AGG_TRADE));
        assertThat(serializer.deserialize(1, serializer.serialize(withLive())))
                .isEqualTo(withLive());
        BinanceSourceEnumState restored = serializer.deserialize(1, serializer.serialize(state));
        assertThat(restored).isEqualTo(state);
        assertThat(assignments(restored.unassigned(), 1, List.of(0)))
                .isEqualTo(Map.of(0, List.of("B", "D", "E")));
    }

    @Test
    void aStateOfAnotherVersionIsRefusedInOneLine() throws IOException {
        BinanceSourceEnumStateSerializer serializer =
                new BinanceSourceEnumStateSerializer(
                        new SymbolSplitSerializer(StreamKind.AGG_TRADE));
        byte[] bytes = serializer.serialize(new BinanceSourceEnumState(SPLITS));
        assertThatThrownBy(() -> serializer.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version=2 expected=1")
                .message()
                .hasLineCount(1);
    }

    private static Map<Integer, List<String>> assignments(
            List<SymbolSplit> splits, int parallelism, List<Integer> readers) throws Exception {
        Map<Integer, List<String>> symbols = new TreeMap<>();
        try (var context = new MockSplitEnumeratorContext<SymbolSplit>(parallelism)) {
            BinanceSourceEnumerator enumerator = new BinanceSourceEnumerator(context, splits);
            enumerator.start();
            for (int reader : readers) {
                register(context, reader);
                enumerator.addReader(reader);
            }
            for (SplitsAssignment<SymbolSplit> given : context.getSplitsAssignmentSequence()) {
                given.assignment()
                        .forEach(
                                (reader, share) ->
                                        symbols.put(
                                                reader,
                                                share.stream().map(SymbolSplit::symbol).toList()));
            }
        }
        return symbols;
    }

    private static void register(MockSplitEnumeratorContext<SymbolSplit> context, int reader) {
        context.registerReader(new ReaderInfo(reader, "localhost"));
    }
}

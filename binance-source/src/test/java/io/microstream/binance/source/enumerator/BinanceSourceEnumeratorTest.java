package io.microstream.binance.source.enumerator;

import static io.microstream.binance.source.split.Splits.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.source.split.Splits;
import io.microstream.binance.source.split.SymbolSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class BinanceSourceEnumeratorTest {

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
    void readersWithoutAShareAreToldThatThereIsNoMore() throws Exception {
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
        BinanceSourceEnumStateSerializer serializer = new BinanceSourceEnumStateSerializer();
        BinanceSourceEnumState restored = serializer.deserialize(1, serializer.serialize(state));
        assertThat(restored).isEqualTo(state);
        assertThat(assignments(restored.unassigned(), 1, List.of(0)))
                .isEqualTo(Map.of(0, List.of("B", "D", "E")));
    }

    @Test
    void aStateOfAnotherVersionIsRefusedInOneLine() throws IOException {
        BinanceSourceEnumStateSerializer serializer = new BinanceSourceEnumStateSerializer();
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

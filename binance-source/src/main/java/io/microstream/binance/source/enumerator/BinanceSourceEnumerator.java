package io.microstream.binance.source.enumerator;

import io.microstream.binance.source.split.SymbolSplit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/**
 * Shares the symbols among the readers, the largest first: of recorded symbols each to the reader
 * with the least rows so far; of symbols that go on live, whose rows nobody knows, to one with the
 * fewest symbols. The same share for the same input and parallelism, whichever reader registers
 * first.
 *
 * <p>After a restore, readers bring what they had, spread evenly by Flink whatever the parallelism
 * was; what no reader had is shared as at the start. Splits of a single reader that failed wait for
 * the reader that takes its place, as {@link SplitEnumerator#addSplitsBack} has it.
 *
 * <p>Coordinator thread only.
 */
public final class BinanceSourceEnumerator
        implements SplitEnumerator<SymbolSplit, BinanceSourceEnumState> {

    private final SplitEnumeratorContext<SymbolSplit> context;
    private final List<SymbolSplit> splits;
    private final Map<Integer, List<SymbolSplit>> shares = new TreeMap<>();

    public BinanceSourceEnumerator(
            SplitEnumeratorContext<SymbolSplit> context, List<SymbolSplit> splits) {
        this.context = context;
        this.splits = List.copyOf(splits);
    }

    @Override
    public void start() {
        int readers = context.currentParallelism();
        long[] rows = new long[readers];
        int[] symbols = new int[readers];
        boolean live = splits.stream().anyMatch(split -> split.live() != null);
        List<SymbolSplit> largestFirst = new ArrayList<>(splits);
        largestFirst.sort(
                Comparator.comparingLong(SymbolSplit::rows)
                        .reversed()
                        .thenComparing(SymbolSplit::splitId));
        for (SymbolSplit split : largestFirst) {
            int least = 0;
            for (int reader = 1; reader < readers; reader++) {
                int fewer = live ? Integer.compare(symbols[reader], symbols[least]) : 0;
                boolean less = fewer < 0 || fewer == 0 && rows[reader] < rows[least];
                least = less ? reader : least;
            }
            rows[least] += split.rows() + 1;
            symbols[least]++;
            shares.computeIfAbsent(least, reader -> new ArrayList<>()).add(split);
        }
    }

    @Override
    public void addReader(int subtaskId) {
        List<SymbolSplit> share = shares.remove(subtaskId);
        if (share != null) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtaskId, share)));
        }
        context.signalNoMoreSplits(subtaskId);
    }

    @Override
    public void addSplitsBack(List<SymbolSplit> returned, int subtaskId) {
        int reader = subtaskId % context.currentParallelism();
        shares.computeIfAbsent(reader, number -> new ArrayList<>()).addAll(returned);
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        // Readers get their share when they register and never ask.
    }

    @Override
    public BinanceSourceEnumState snapshotState(long checkpointId) {
        return new BinanceSourceEnumState(shares.values().stream().flatMap(List::stream).toList());
    }

    @Override
    public void close() {}
}

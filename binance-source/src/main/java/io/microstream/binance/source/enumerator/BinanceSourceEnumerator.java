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
 * Shares the symbols among the readers, the largest first, each to the reader with the least rows
 * so far: the same share for the same input and parallelism, whichever reader registers first.
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
        List<SymbolSplit> largestFirst = new ArrayList<>(splits);
        largestFirst.sort(
                Comparator.comparingLong(SymbolSplit::rows)
                        .reversed()
                        .thenComparing(SymbolSplit::symbol));
        for (SymbolSplit split : largestFirst) {
            int least = 0;
            for (int reader = 1; reader < readers; reader++) {
                least = rows[reader] < rows[least] ? reader : least;
            }
            rows[least] += split.rows();
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
        shares.computeIfAbsent(subtaskId, reader -> new ArrayList<>()).addAll(returned);
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

package io.microstream.live.push;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one poll read, all of one state of the database.
 *
 * @param now that state
 * @param news since the poll before
 * @param missed by those who resume
 * @param snapshots for those who wait for one
 */
record PollResult(StreamCursor now, News news, Missed missed, List<Snapshot> snapshots) {

    /**
     * What became visible since the poll before.
     *
     * @param changes in no order
     * @param lost why it cannot be told, so that everyone needs a snapshot; null if it can
     * @param perSymbol how many of each symbol
     */
    record News(List<Change> changes, String lost, Map<String, Long> perSymbol) {

        static final News NONE = new News(List.of(), null, Map.of());

        static News of(List<Change> changes) {
            Map<String, Long> perSymbol =
                    changes.stream()
                            .collect(Collectors.groupingBy(Change::symbol, Collectors.counting()));
            return new News(changes, null, perSymbol);
        }

        static News lost(String reason) {
            return new News(List.of(), reason, Map.of());
        }
    }

    /**
     * What those who resume have not seen.
     *
     * @param changes that at least one of them has not seen
     * @param usable a client's cursor to what it is taken for: the same, or an earlier one where
     *     the server has crashed since
     */
    record Missed(List<Change> changes, Map<StreamCursor, StreamCursor> usable) {

        static final Missed NONE = new Missed(List.of(), Map.of());

        /** Whether it was read what a client with that cursor has not seen. */
        boolean knows(StreamCursor cursor) {
            return usable.containsKey(cursor);
        }

        /** What a client with that cursor has not seen of some symbols. */
        List<Change> since(StreamCursor cursor, Set<String> symbols) {
            StreamCursor from = usable.get(cursor);
            return changes.stream()
                    .filter(change -> change.concerns(symbols) && !from.sees(change.transaction()))
                    .toList();
        }
    }

    /** The newest minutes of a symbol for one listener. */
    record Snapshot(ClientSubscription client, SymbolRows rows) {}
}

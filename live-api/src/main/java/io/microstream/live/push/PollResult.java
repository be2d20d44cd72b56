package io.microstream.live.push;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one poll read, all of one state of the database.
 *
 * @param now that state
 * @param changes since the poll before
 * @param missed by those who resume
 * @param snapshots for those who wait for one
 */
record PollResult(StreamCursor now, Changes changes, Missed missed, List<Snapshot> snapshots) {

    /**
     * What became visible since the poll before.
     *
     * @param rows in no order
     * @param lost why they are not known, so that every client needs a snapshot; null if they are
     * @param perSymbol how many of each symbol
     */
    record Changes(List<Change> rows, String lost, Map<String, Long> perSymbol) {

        static final Changes NONE = new Changes(List.of(), null, Map.of());

        static Changes of(List<Change> changes) {
            Map<String, Long> perSymbol =
                    changes.stream()
                            .collect(Collectors.groupingBy(Change::symbol, Collectors.counting()));
            return new Changes(changes, null, perSymbol);
        }

        static Changes lost(String reason) {
            return new Changes(List.of(), reason, Map.of());
        }
    }

    /**
     * What the clients that resume have missed.
     *
     * @param changes that at least one of them has not seen
     * @param usable a client's cursor to what it is taken for: the same, or an earlier one where
     *     the server has crashed since
     */
    record Missed(List<Change> changes, Map<StreamCursor, StreamCursor> usable) {

        static final Missed NONE = new Missed(List.of(), Map.of());

        /** Returns whether the changes since this cursor were read. */
        boolean knows(StreamCursor cursor) {
            return usable.containsKey(cursor);
        }

        /** Returns the changes of some symbols since a cursor. */
        List<Change> since(StreamCursor cursor, Set<String> symbols) {
            StreamCursor from = usable.get(cursor);
            return changes.stream()
                    .filter(change -> change.concerns(symbols) && !from.sees(change.transaction()))
                    .toList();
        }
    }

    /** The newest minutes of a symbol for one client. */
    record Snapshot(ClientSubscription client, SymbolRows rows) {}
}

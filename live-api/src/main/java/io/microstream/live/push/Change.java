package io.microstream.live.push;

import io.microstream.live.rest.Json;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A row that became visible, encoded once for all clients.
 *
 * @param table it is of
 * @param symbol it is about; {@code *} for a model of every symbol
 * @param transaction that wrote it
 * @param receivedAt when the newest trade of a running minute was received; null of other rows, as
 *     a closed minute waits for its end and not for a trade
 * @param committedAt when it was written
 * @param json as REST gives it, UTF-8
 */
record Change(
        Table table,
        String symbol,
        long transaction,
        Instant receivedAt,
        Instant committedAt,
        byte[] json) {

    /** Symbol of a model that scores all symbols. */
    static final String EVERY_SYMBOL = "*";

    private static final Set<Table> MINUTES =
            Set.of(Table.BARS, Table.FEATURES, Table.REGIMES, Table.ANOMALIES);
    private static final int TYPICAL_BYTES = 512;

    static Change of(Row row, long transaction) {
        boolean running =
                MINUTES.contains(row.table()) && Boolean.FALSE.equals(row.value("is_final"));
        return new Change(
                row.table(),
                row.text("symbol"),
                transaction,
                running ? row.time("received_at") : null,
                row.time("committed_at"),
                json(row));
    }

    /** Returns a row as it goes to clients, UTF-8. */
    static byte[] json(Row row) {
        return Json.bytes(TYPICAL_BYTES, row::writeJson);
    }

    /** Returns whether it concerns a client that follows these symbols. */
    boolean concerns(Set<String> symbols) {
        return symbols.contains(symbol) || symbol.equals(EVERY_SYMBOL);
    }

    /** Returns the total size of the encoded rows. */
    static long bytes(List<Change> changes) {
        return changes.stream().mapToLong(change -> change.json().length).sum();
    }
}

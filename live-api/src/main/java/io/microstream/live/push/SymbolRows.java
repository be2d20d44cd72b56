package io.microstream.live.push;

import io.microstream.live.rows.Table;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot of one symbol holds.
 *
 * @param symbol it is of
 * @param known whether the symbol has any minute
 * @param rows by table, each as JSON in UTF-8, oldest first
 * @param bytes of all rows
 */
record SymbolRows(String symbol, boolean known, Map<Table, List<byte[]>> rows, long bytes) {

    SymbolRows(String symbol, boolean known, Map<Table, List<byte[]>> rows) {
        this(
                symbol,
                known,
                rows,
                rows.values().stream().flatMap(List::stream).mapToLong(row -> row.length).sum());
    }
}

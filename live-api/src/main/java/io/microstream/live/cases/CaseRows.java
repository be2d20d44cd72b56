package io.microstream.live.cases;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of a case: the final rows of each table in its window, in the order of their keys.
 *
 * @param window they were asked for
 * @param closeBefore close of the newest bar before the window; null if there is none
 * @param tables by name; each is there, maybe without rows
 */
public record CaseRows(CaseWindow window, BigDecimal closeBefore, Map<String, TableRows> tables) {

    /**
     * The rows of one table.
     *
     * @param table their shape
     * @param rows in the order of the key
     */
    public record TableRows(Table table, List<Row> rows) {
        public TableRows {
            rows = List.copyOf(rows);
        }
    }

    public CaseRows {
        tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /**
     * Reads a case; the connection should stand in one transaction that sees one state.
     *
     * @throws NoSuchMinuteException if the symbol or its minute is not there
     */
    public static CaseRows read(Connection connection, CaseWindow window) throws SQLException {
        CaseQueries queries = new CaseQueries(connection, window);
        queries.requireMoment();
        Map<String, TableRows> tables = new LinkedHashMap<>();
        for (Table table : CaseTables.IN_WINDOW) {
            tables.put(table.name(), new TableRows(table, queries.inWindow(table)));
        }
        tables.put(Table.MODELS.name(), new TableRows(Table.MODELS, queries.models()));
        return new CaseRows(window, queries.closeBefore(), tables);
    }

    /** Returns the rows of a table in the order of its key. */
    public List<Row> of(Table table) {
        return tables.get(table.name()).rows();
    }

    /** Returns the rows of the case's minute; the table must be one of minutes. */
    public List<Row> atMoment(Table table) {
        return of(table).stream()
                .filter(row -> Objects.equals(row.time("open_time"), window.moment()))
                .toList();
    }

    /** Returns the rows of the champion model by minute, without those of challengers. */
    public Map<Instant, Row> champions(Table table) {
        return of(table).stream()
                .filter(row -> !Boolean.TRUE.equals(row.value("is_shadow")))
                .collect(
                        Collectors.toMap(
                                row -> row.time("open_time"),
                                row -> row,
                                (older, newer) -> newer,
                                LinkedHashMap::new));
    }

    /** Returns the champion model's row of the case's minute; empty if it has none. */
    public Optional<Row> championAtMoment(Table table) {
        return Optional.ofNullable(champions(table).get(window.moment()));
    }
}

package io.microstream.job.sinks.jdbc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of an idempotent write: insert, or replace the row of the same key unless that row is of
 * a newer revision.
 *
 * @param table table
 * @param keys columns of the natural key
 * @param columns all other columns, {@code name}, {@code name::type} where the text needs a cast,
 *     or {@code name=expression} where the database knows the value
 * @param revision the column an older value of which must not overwrite a newer one, or null
 */
record Upsert(String table, List<String> keys, List<String> columns, String revision)
        implements Serializable {

    /** When the bar's last trade was received: a row computed again may not know it. */
    static final String RECEIVED_AT = "received_at";

    private static final List<String> STAMPS =
            List.of("committed_at=clock_timestamp()", "committed_in=pg_current_xact_id()");

    private static final List<String> NO_STAMPS = List.of("committed_at=NULL", "committed_in=NULL");

    /** The same, telling when and in which transaction a row was written, or that no one noted. */
    Upsert stamped(boolean isStamped) {
        boolean isReceived = columns.contains(RECEIVED_AT);
        List<String> all = new ArrayList<>(columns);
        if (isReceived && !isStamped) {
            all.set(all.indexOf(RECEIVED_AT), RECEIVED_AT + "=NULL");
        }
        all.addAll(isStamped ? STAMPS : NO_STAMPS);
        return new Upsert(table, keys, all, revision);
    }

    String sql() {
        List<String> all = new ArrayList<>(keys);
        all.addAll(columns);
        String names = all.stream().map(Upsert::name).collect(Collectors.joining(", "));
        String values = all.stream().map(Upsert::value).collect(Collectors.joining(", "));
        String updates = columns.stream().map(Upsert::update).collect(Collectors.joining(", "));
        return "INSERT INTO "
                + table
                + " AS t ("
                + names
                + ") VALUES ("
                + values
                + ") ON CONFLICT ("
                + String.join(", ", keys)
                + ") DO UPDATE SET "
                + updates
                + (revision == null ? "" : " WHERE EXCLUDED." + revision + " >= t." + revision);
    }

    private static String name(String column) {
        return column.replaceFirst("(::|=).*", "");
    }

    private static String value(String column) {
        int known = column.indexOf('=');
        return known >= 0
                ? column.substring(known + 1)
                : "?" + column.substring(name(column).length());
    }

    private static String update(String column) {
        return column.equals(RECEIVED_AT)
                ? "received_at = coalesce(EXCLUDED.received_at, t.received_at)"
                : name(column) + " = EXCLUDED." + name(column);
    }
}

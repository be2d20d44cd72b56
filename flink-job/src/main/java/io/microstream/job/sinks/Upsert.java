package io.microstream.job.sinks;

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
 * @param columns all other columns
 * @param revision the column an older value of which must not overwrite a newer one, or null
 */
record Upsert(String table, List<String> keys, List<String> columns, String revision)
        implements Serializable {

    String sql() {
        List<String> all = new ArrayList<>(keys);
        all.addAll(columns);
        String names = String.join(", ", all);
        String values = all.stream().map(Upsert::placeholder).collect(Collectors.joining(", "));
        String updates =
                columns.stream()
                        .map(Upsert::name)
                        .map(column -> column + " = EXCLUDED." + column)
                        .collect(Collectors.joining(", "));
        return "INSERT INTO "
                + table
                + " AS t ("
                + names.replace("::jsonb", "")
                + ") VALUES ("
                + values
                + ") ON CONFLICT ("
                + String.join(", ", keys)
                + ") DO UPDATE SET "
                + updates
                + (revision == null ? "" : " WHERE EXCLUDED." + revision + " >= t." + revision);
    }

    private static String placeholder(String column) {
        return column.endsWith("::jsonb") ? "?::jsonb" : "?";
    }

    private static String name(String column) {
        return column.replace("::jsonb", "");
    }
}

package io.microstream.live.rows;

import java.time.Instant;
import java.util.List;

/** Compares places in a list value by value, as the database does. */
final class Places {

    private Places() {}

    static List<Object> of(Row row, List<String> columns) {
        return columns.stream().map(row::value).toList();
    }

    static int compare(List<Object> a, List<Object> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Instant time) {
            return time.compareTo((Instant) b);
        }
        if (a instanceof Long count) {
            return count.compareTo((Long) b);
        }
        return ((String) a).compareTo((String) b);
    }
}

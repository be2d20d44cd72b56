package io.microstream.live.rows;

import java.util.List;
import java.util.function.Function;

/**
 * Some rows, and where the next begin.
 *
 * @param rows in order
 * @param last place of the last of them if more follow, else null
 */
public record Page(List<Row> rows, List<Object> last) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** Of rows of which one more than the limit was asked for. */
    static Page of(List<Row> read, int limit, Function<Row, List<Object>> place) {
        if (read.size() <= limit) {
            return new Page(read, null);
        }
        List<Row> rows = read.subList(0, limit);
        return new Page(rows, place.apply(rows.get(limit - 1)));
    }
}

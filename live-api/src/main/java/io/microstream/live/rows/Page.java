package io.microstream.live.rows;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, and the place where the next begins.
 *
 * @param rows in order
 * @param last place of the last of them if more follow, else null
 */
public record Page(List<Row> rows, List<Object> last) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** Returns the page of rows that were read up to one more than {@code limit}. */
    static Page of(List<Row> read, int limit, Function<Row, List<Object>> place) {
        if (read.size() <= limit) {
            return new Page(read, null);
        }
        List<Row> rows = read.subList(0, limit);
        return new Page(rows, place.apply(rows.get(limit - 1)));
    }
}

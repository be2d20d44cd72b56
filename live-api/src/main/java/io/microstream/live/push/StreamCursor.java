package io.microstream.live.push;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a client has seen of a database: a {@code pg_snapshot} and the database's identity.
 *
 * <p>A transaction was visible if its number is below {@code xmax} and it was not under way then.
 * The rows that became visible since are those whose {@code committed_in} was not: exactly those,
 * however long a transaction stayed open and in whatever order they committed. The newly visible
 * are found without a look at anything else: {@code committed_in >= xmax OR committed_in = ANY
 * (running)}, the same set as {@code NOT pg_visible_in_snapshot(committed_in, cursor)}, also while
 * a foreign transaction stays open for hours.
 *
 * <p>Clients hold it as opaque text, {@link #text()}.
 *
 * @param database whose transactions these are
 * @param xmax the first number not given out yet
 * @param running numbers below {@code xmax} that were under way, ascending
 */
public record StreamCursor(DatabaseIdentity database, long xmax, List<Long> running) {

    /** Longest text that {@link #parse} looks at. */
    static final int MAX_LENGTH = 8192;

    private static final Pattern SNAPSHOT =
            Pattern.compile("(\\d{1,19}):(\\d{1,19}):(\\d{1,19}(?:,\\d{1,19})*)?");

    private static final Pattern TEXT =
            Pattern.compile(
                    "1:(-?\\d{1,19}):(\\d{1,10}):(\\d{1,9}):(\\d{1,19}):"
                            + "(\\d{1,19}):((?:\\d{1,19}(?:,\\d{1,19})*)?)");

    public StreamCursor {
        running = List.copyOf(running);
    }

    /** Returns the cursor of a {@code pg_snapshot}, {@code xmin:xmax:running}. */
    static StreamCursor of(DatabaseIdentity database, String snapshot) {
        Matcher parts = SNAPSHOT.matcher(snapshot);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a pg_snapshot: text=" + snapshot);
        }
        return new StreamCursor(
                database, Long.parseLong(parts.group(2)), numbers(parts.group(3), 0));
    }

    /**
     * Parses what {@link #text()} returned.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static StreamCursor parse(String text) {
        Matcher parts = TEXT.matcher(text.length() > MAX_LENGTH ? "" : decoded(text));
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a cursor of this server");
        }
        DatabaseIdentity database =
                new DatabaseIdentity(
                        Long.parseLong(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        Long.parseLong(parts.group(4)));
        long xmax = Long.parseLong(parts.group(5));
        List<Long> running = numbers(parts.group(6), xmax);
        if (running.stream().anyMatch(number -> number < 0 || number >= xmax)) {
            throw new IllegalArgumentException("not a cursor of this server");
        }
        return new StreamCursor(database, xmax, running);
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    }

    private static List<Long> numbers(String text, long below) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(text.split(","))
                .map(number -> below == 0 ? Long.parseLong(number) : below - Long.parseLong(number))
                .toList();
    }

    /** Returns the text for clients: URL-safe, opaque, a few dozen characters. */
    String text() {
        String behind =
                running.stream()
                        .map(number -> Long.toString(xmax - number))
                        .collect(Collectors.joining(","));
        String plain =
                String.format(
                        Locale.ROOT,
                        "1:%d:%d:%d:%d:%d:%s",
                        database.systemIdentifier(),
                        database.databaseOid(),
                        database.timeline(),
                        database.recoveredAt(),
                        xmax,
                        behind);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns whether a row written by this transaction was visible. */
    boolean sees(long transaction) {
        return transaction < xmax && !running.contains(transaction);
    }

    /**
     * Returns one that has not seen the newest transactions: after a crash the server may give out
     * their numbers again.
     */
    StreamCursor rewound(long transactions) {
        long from = Math.max(0, xmax - transactions);
        return new StreamCursor(database, from, running.stream().filter(t -> t < from).toList());
    }

    /** Returns the cursor that sees what all of these see, and nothing else. */
    static StreamCursor seenByAll(Collection<StreamCursor> cursors) {
        StreamCursor any = cursors.iterator().next();
        long xmax = cursors.stream().mapToLong(StreamCursor::xmax).min().orElseThrow();
        TreeSet<Long> running = new TreeSet<>();
        for (StreamCursor cursor : cursors) {
            running.addAll(cursor.running.stream().filter(t -> t < xmax).toList());
        }
        return new StreamCursor(any.database, xmax, List.copyOf(running));
    }
}

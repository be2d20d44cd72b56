package io.microstream.job;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.Decimal8;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes bars from the lines of dumps, or from a trade stream, in the slow and obvious way: all
 * trades in lists, decimals, everything computed anew whenever a late trade comes. It is the naive
 * twin of the job from its source to its bars.
 */
public final class NaiveMinutes {

    private static final long MINUTE = Bar.MINUTE_MS;

    private record Row(
            long id,
            BigDecimal price,
            BigDecimal quantity,
            long first,
            long last,
            long timeMs,
            boolean sold) {

        static Row parse(String line) {
            String[] cells = line.split(",");
            long time = Long.parseLong(cells[5]);
            return new Row(
                    Long.parseLong(cells[0]),
                    new BigDecimal(cells[1]),
                    new BigDecimal(cells[2]),
                    Long.parseLong(cells[3]),
                    Long.parseLong(cells[4]),
                    time > 100_000_000_000_000L ? Math.floorDiv(time, 1000) : time,
                    cells[6].equals("True"));
        }

        static Row of(Trade trade) {
            return new Row(
                    trade.id(),
                    Decimal8.toBigDecimal(trade.price()),
                    Decimal8.toBigDecimal(trade.quantity()),
                    trade.firstTradeId(),
                    trade.lastTradeId(),
                    Math.floorDiv(trade.timeUs(), 1000),
                    trade.buyerIsMaker());
        }

        long minute() {
            return Math.floorDiv(timeMs, MINUTE) * MINUTE;
        }
    }

    private final String symbol;
    private final long latenessMs;
    private final List<Row> included = new ArrayList<>();
    private final Set<Long> incomplete = new TreeSet<>();
    private final Map<Long, Integer> revisions = new HashMap<>();
    private Map<Long, Bar> closed = new TreeMap<>();
    private Row last;
    private boolean endOfGapUnknown;
    private long provenSinceLastMs;

    long trades;
    long duplicates;
    long malformed;
    long gaps;
    long missing;
    public final List<Long> lateIds = new ArrayList<>();

    private NaiveMinutes(String symbol, long latenessMs) {
        this.symbol = symbol;
        this.latenessMs = latenessMs;
    }

    /** Returns the bars of one symbol's files. */
    static NaiveMinutes of(String symbol, List<ArchiveFile> files, long latenessMs)
            throws IOException {
        NaiveMinutes minutes = new NaiveMinutes(symbol, latenessMs);
        minutes.read(files.stream().filter(file -> file.symbol().equals(symbol)).toList());
        return minutes;
    }

    /**
     * Returns the bars of one symbol's whole trade stream; its completeness marks must be true, so
     * that no trade after one lies before it.
     */
    public static NaiveMinutes ofEvents(
            String symbol, List<? extends StreamEvent> events, long latenessMs) {
        NaiveMinutes minutes = new NaiveMinutes(symbol, latenessMs);
        for (StreamEvent event : events) {
            if (event instanceof Trade trade) {
                minutes.take(Row.of(trade), trade.missingBefore());
            } else if (event instanceof CompletenessMark mark && minutes.last != null) {
                minutes.provenSinceLastMs = Math.max(minutes.provenSinceLastMs, mark.untilMs());
            }
        }
        minutes.end();
        return minutes;
    }

    private void end() {
        long to = Math.floorDiv(provenSinceLastMs, MINUTE) * MINUTE - MINUTE;
        if (to < newestMinute()) {
            incomplete.add(newestMinute());
        }
        for (long at = newestMinute() + MINUTE; at <= to && endOfGapUnknown; at += MINUTE) {
            incomplete.add(at);
        }
        closed = compute(Math.max(to, newestMinute()));
    }

    private void read(List<ArchiveFile> files) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (ArchiveFile file : files) {
            for (String line : Files.readAllLines(Path.of(file.path()))) {
                if (line.matches("\\d+,.*")) {
                    rows.add(Row.parse(line));
                } else {
                    malformed++;
                }
            }
        }
        rows.sort(Comparator.comparingLong(Row::id));
        Row previous = null;
        for (Row row : rows) {
            if (previous != null && row.id() == previous.id()) {
                duplicates++;
            } else {
                take(row, previous == null ? 0 : row.id() - previous.id() - 1);
                previous = row;
            }
        }
        boolean provenStart = rows.get(0).timeMs() % (1440 * MINUTE) < MINUTE;
        boolean provenEnd = previous.timeMs() % (1440 * MINUTE) >= 1439 * MINUTE;
        if (!provenStart) {
            incomplete.add(firstMinute());
        }
        if (!provenEnd) {
            incomplete.add(newestMinute());
        }
        closed = compute(newestMinute());
    }

    private void take(Row row, long missingBefore) {
        trades++;
        gaps += missingBefore > 0 ? 1 : 0;
        missing += missingBefore;
        if (included.isEmpty()) {
            included.add(row);
            last = row;
            if (missingBefore != 0) {
                incomplete.add(row.minute());
            }
            return;
        }
        long newest = newestMinute();
        boolean inOrder = row.minute() >= newest;
        if (missingBefore != 0) {
            long from = Math.min(last.minute(), row.minute());
            markIncomplete(from, Math.max(newest, row.minute()), provenSinceLastMs);
        }
        if (inOrder && endOfGapUnknown) {
            markIncomplete(newest, row.minute(), 0);
        }
        endOfGapUnknown = !inOrder && (missingBefore != 0 || endOfGapUnknown);
        provenSinceLastMs = 0;
        last = row;
        boolean late =
                row.minute() < newest
                        && (newest - row.minute() > latenessMs || row.minute() < firstMinute());
        if (late) {
            lateIds.add(row.id());
        } else {
            included.add(row);
        }
        Map<Long, Bar> now = compute(newestMinute() - MINUTE);
        now.forEach(
                (minute, bar) -> {
                    if (closed.containsKey(minute) && !closed.get(minute).equals(bar)) {
                        revisions.merge(minute, 1, Integer::sum);
                    }
                });
        closed = now;
    }

    /** Marks minutes as incomplete, except those that end at {@code provenMs} or before. */
    private void markIncomplete(long from, long to, long provenMs) {
        for (long at = Math.max(from, newestMinute() - latenessMs); at <= to; at += MINUTE) {
            if (at + MINUTE > provenMs) {
                incomplete.add(at);
            }
        }
    }

    private long firstMinute() {
        return included.get(0).minute();
    }

    private long newestMinute() {
        return included.stream().mapToLong(Row::minute).max().orElseThrow();
    }

    private Map<Long, Bar> compute(long to) {
        Map<Long, List<Row>> byMinute =
                included.stream().collect(Collectors.groupingBy(Row::minute));
        Map<Long, Bar> bars = new TreeMap<>();
        BigDecimal close = null;
        for (long at = firstMinute(); at <= to; at += MINUTE) {
            List<Row> rows = byMinute.get(at);
            Bar bar =
                    rows == null
                            ? Bar.empty(symbol, at, close, !incomplete.contains(at))
                            : bar(at, rows);
            close = bar.close();
            bars.put(at, bar);
        }
        return bars;
    }

    private Bar bar(long at, List<Row> unordered) {
        List<Row> rows = unordered.stream().sorted(Comparator.comparingLong(Row::id)).toList();
        List<Row> bought = rows.stream().filter(row -> !row.sold()).toList();
        long count = rows.stream().mapToLong(row -> row.last() - row.first() + 1).sum();
        long first = rows.stream().mapToLong(Row::first).min().orElseThrow();
        long last = rows.stream().mapToLong(Row::last).max().orElseThrow();
        return new Bar(
                symbol,
                at,
                rows.get(0).price(),
                rows.stream().map(Row::price).reduce(BigDecimal::max).orElseThrow(),
                rows.stream().map(Row::price).reduce(BigDecimal::min).orElseThrow(),
                rows.get(rows.size() - 1).price(),
                volume(rows),
                quoteVolume(rows),
                volume(bought),
                quoteVolume(bought),
                count,
                first,
                last,
                true,
                !incomplete.contains(at) && count == last - first + 1,
                0);
    }

    private static BigDecimal volume(List<Row> rows) {
        return rows.stream().map(Row::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal quoteVolume(List<Row> rows) {
        return rows.stream()
                .map(row -> row.price().multiply(row.quantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns the final bars with their revisions, in order. */
    public List<Bar> bars() {
        return closed.values().stream()
                .map(bar -> bar.withRevision(revisions.getOrDefault(bar.openTimeMs(), 0)))
                .toList();
    }

    public long revisions() {
        return revisions.values().stream().mapToLong(Integer::longValue).sum();
    }
}

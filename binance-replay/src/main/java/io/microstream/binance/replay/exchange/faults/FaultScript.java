package io.microstream.binance.replay.exchange.faults;

import io.microstream.binance.replay.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A script of faults: what goes wrong, how often and within which part of the market; a seed
 * decides the rest. One fault, or one number of like faults, a line; {@code #} begins a comment:
 *
 * <pre>
 * 20 disconnect ending=reset|normal lost=1..400         # 20 of them, scattered over all rows
 * 10 stall scope=connection pings=false lost=1..200 from=10% to=50%
 * at=30% shutdown lead=5s                               # one, at that row
 * at=1000 rest trouble=too_many_requests path=aggTrades requests=3 symbol=BTCUSDT
 * </pre>
 *
 * <p>Kinds are the cases of {@link Fault} in lower case with hyphens ({@code repeat-tail}), knobs
 * are their components. A setting is a value, a range {@code 1..400}, alternatives {@code a|b},
 * which are dealt evenly, or {@code *} for any word of a list. What is not said takes a fallback
 * ({@link #knobs}).
 *
 * <p>Scattered faults do not overlap: each ends, and some rows pass, before the next begins; none
 * lies in the first or last 1 % of the rows, nor in the first or last 200 where there are at least
 * 2,000. Those with {@code at=} strike where they are told to, whatever goes on there; the
 * scattered ones make way for them.
 */
public final class FaultScript {

    /** Fifty faults: 20 disconnects, 10 stalls, 10 holes, 10 repeated tails. */
    public static final FaultScript DEFAULT =
            parse(
                    """
                    20 disconnect ending=* lost=1..400
                    5 stall scope=stream pings=true lost=1..200
                    5 stall scope=connection pings=true|false lost=1..200
                    10 skip rows=1..50
                    6 repeat-tail rows=1..500
                    4 repeat-tail-after-disconnect ending=* rows=1..500
                    """,
                    "default");

    private static final long MARGIN = 200;
    private static final long RECOVERY = 20;

    private final String source;
    private final List<FaultLine> lines;

    private FaultScript(String source, List<FaultLine> lines) {
        this.source = source;
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a script.
     *
     * @param sourceName for errors, e.g. the file's name
     * @throws IllegalArgumentException in one line, with every bad line: its number, what is wrong,
     *     what is allowed
     */
    public static FaultScript parse(String text, String sourceName) {
        List<FaultLine> lines = new ArrayList<>();
        StringJoiner wrong = new StringJoiner("; ");
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String said = line.replaceFirst("#.*", "").strip();
            if (!said.isEmpty()) {
                try {
                    lines.add(FaultLine.read(number, said));
                } catch (IllegalArgumentException e) {
                    wrong.add("line " + number + ": " + e.getMessage());
                }
            }
        }
        if (wrong.length() > 0) {
            throw new IllegalArgumentException(
                    "Fault script not understood: source=" + sourceName + " " + wrong);
        }
        return new FaultScript(sourceName, lines);
    }

    /** A fault as a line of a script says it, without count and place; every knob is said. */
    public static String write(Fault fault) {
        return FaultKind.write(fault);
    }

    /**
     * Each kind of fault with its knobs and their fallbacks, a line each: what a script may say.
     */
    public static String knobs() {
        return FaultKind.byWord().entrySet().stream()
                .map(
                        kind ->
                                kind.getValue().knobs().stream()
                                        .map(knob -> " " + knob.name() + "=" + knob.fallback())
                                        .collect(Collectors.joining("", kind.getKey(), "\n")))
                .collect(Collectors.joining());
    }

    /** How many faults it plans. */
    public int faults() {
        return lines.stream().mapToInt(FaultLine::count).sum();
    }

    /** {@link #plan(long, long, int)} for a market of one symbol. */
    public List<PlannedFault> plan(long seed, long rows) {
        return plan(seed, rows, 1);
    }

    /**
     * Chooses faults and rows. Equal arguments give equal plans.
     *
     * @param rows how many rows the market has
     * @param symbols how many symbols trade in them; a stream's fault that takes away n trades then
     *     lasts about n times as many rows, if they trade alike
     * @return in order of rows
     * @throws IllegalArgumentException if the rows are too few
     */
    public List<PlannedFault> plan(long seed, long rows, int symbols) {
        Chance chance = new Chance(Chance.seedOf(seed, rows));
        FreeRows free = new FreeRows();
        List<PlannedFault> plan = new ArrayList<>();
        List<Scattered> scattered = new ArrayList<>();
        for (FaultLine line : lines) {
            for (PlannedFault drawn : line.draw(chance)) {
                if (line.at() != null) {
                    PlannedFault fixed = fixed(line, drawn, rows);
                    free.take(fixed.row(), fixed.row() + length(fixed, symbols));
                    plan.add(fixed);
                } else {
                    scattered.add(scattered(line, drawn, rows, symbols));
                }
            }
        }
        scattered.sort(Comparator.comparingLong(Scattered::freedom));
        for (Scattered fault : scattered) {
            plan.add(fault.placed(free, chance, this, rows));
        }
        plan.sort(Comparator.comparingLong(PlannedFault::row));
        return List.copyOf(plan);
    }

    private PlannedFault fixed(FaultLine line, PlannedFault drawn, long rows) {
        long row = line.at().in(rows);
        if (row >= rows) {
            throw tooFew(line, rows, "its fault lies at row " + row);
        }
        return new PlannedFault(row, drawn.fault(), drawn.symbol());
    }

    private Scattered scattered(FaultLine line, PlannedFault drawn, long rows, int symbols) {
        long margin = Math.max(rows / 100, Math.min(MARGIN, rows / 10));
        long from = Math.max(margin, line.from() == null ? 0 : line.from().in(rows));
        long to = Math.min(rows - margin, line.to() == null ? rows : line.to().in(rows));
        long share = (to - from) / faults();
        long length = Math.max(length(drawn, symbols), share / 3);
        return new Scattered(line, drawn, from, to, rows - margin, length);
    }

    private static long length(PlannedFault planned, int symbols) {
        return FaultExtent.rows(planned.fault(), symbols) + RECOVERY;
    }

    private IllegalArgumentException tooFew(FaultLine line, long rows, String why) {
        return new IllegalArgumentException(
                "Too few rows for the faults: source="
                        + source
                        + " line="
                        + line.number()
                        + " rows="
                        + rows
                        + " faults="
                        + faults()
                        + ": "
                        + why
                        + ". Fewer or shorter faults, a wider window, or more rows.");
    }

    private record Scattered(
            FaultLine line, PlannedFault drawn, long from, long to, long bound, long length) {

        long freedom() {
            return to - from - length;
        }

        PlannedFault placed(FreeRows free, Chance chance, FaultScript script, long rows) {
            long row = free.place(from, to, bound, length, chance);
            if (row < 0) {
                throw script.tooFew(
                        line,
                        rows,
                        "no " + length + " rows in a row are free in [" + from + ", " + to + ")");
            }
            return new PlannedFault(row, drawn.fault(), drawn.symbol());
        }
    }
}

package io.microstream.binance.replay.exchange.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.binance.replay.Chance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/**
 * A script of faults: what goes wrong, how often and within which part of the market; a seed
 * decides the rest. YAML (so JSON too), a list of entries:
 *
 * <pre>
 * - {fault: disconnect, count: 20, ending: [reset, normal], lost: 1..400}   # over all rows
 * - {fault: stall, count: 10, scope: connection, pings: false, lost: 1..200, from: 10%, to: 50%}
 * - {fault: shutdown, at: 30%, lead: 5s}                                    # one, at that row
 * - {fault: rest, at: 1000, trouble: banned, path: aggTrades, requests: 3, symbol: BTCUSDT}
 * </pre>
 *
 * <p>{@code fault} names a case of {@link Fault} and the settings are its components. A setting is
 * a value, a range {@code 1..400}, or a list of these, of which each is taken equally often. {@code
 * fault-kinds.yaml} lists the kinds, and what a setting is where a script leaves it out.
 *
 * <p>Scattered faults do not overlap: each ends, and some rows pass, before the next begins; none
 * lies in the first or last 1 % of the rows, nor in the first or last 200 where there are at least
 * 2,000. Those with {@code at} are injected at that row, whatever happens there; the scattered ones
 * make way for them.
 */
public final class FaultScript {

    /** Fifty faults of the usual kinds, as {@code default-faults.yaml} lists them. */
    public static final FaultScript DEFAULT = parse(resource("default-faults.yaml"), "default");

    private static final String EXAMPLE = "{fault: skip, count: 10, rows: 1..50}";
    private static final long MARGIN = 200;
    private static final long RECOVERY = 20;

    private final String source;
    private final List<FaultEntry> entries;

    private FaultScript(String source, List<FaultEntry> entries) {
        this.source = source;
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a script in YAML or JSON.
     *
     * @param sourceName for errors, e.g. the file's name
     * @throws IllegalArgumentException in one line, with every bad entry: its line, what is wrong,
     *     what is allowed
     */
    public static FaultScript parse(String text, String sourceName) {
        List<FaultEntry> entries = new ArrayList<>();
        StringJoiner wrong = new StringJoiner("; ");
        try (JsonParser yaml = FaultYaml.MAPPER.createParser(text)) {
            JsonToken start = yaml.nextToken();
            if (start != null && start != JsonToken.START_ARRAY) {
                wrong.add("line 1: a script is a list, as - " + EXAMPLE);
                start = null;
            }
            while (start != null && yaml.nextToken() != JsonToken.END_ARRAY) {
                int line = yaml.currentTokenLocation().getLineNr();
                JsonNode entry = yaml.readValueAsTree();
                try {
                    if (!entry.isObject()) {
                        throw new IllegalArgumentException(entry + " is no fault, as " + EXAMPLE);
                    }
                    entries.add(FaultYaml.MAPPER.treeToValue(entry, FaultEntry.class));
                } catch (JsonProcessingException | IllegalArgumentException e) {
                    wrong.add("line " + line + ": " + why(e));
                }
            }
        } catch (JsonProcessingException e) {
            wrong.add("line " + e.getLocation().getLineNr() + ": " + why(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (wrong.length() > 0) {
            throw new IllegalArgumentException(
                    "Fault script not understood: source=" + sourceName + " " + wrong);
        }
        return new FaultScript(sourceName, entries);
    }

    private static String why(Exception e) {
        String key =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? mapping.getPath().get(0).getFieldName() + ": "
                        : "";
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return key + refused.getMessage();
        }
        return e instanceof JsonProcessingException json
                ? key + json.getOriginalMessage().replaceAll("\\s+", " ")
                : e.getMessage();
    }

    private static String resource(String name) {
        try (InputStream yaml = FaultScript.class.getResourceAsStream(name)) {
            return new String(yaml.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many faults the script plans. */
    public int faults() {
        return entries.stream().mapToInt(FaultEntry::count).sum();
    }

    /** Plans for a market of one symbol, see {@link #plan(long, long, int)}. */
    public List<PlannedFault> plan(long seed, long rows) {
        return plan(seed, rows, 1);
    }

    /**
     * Draws the faults and their rows. Equal arguments give equal plans.
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
        for (FaultEntry entry : entries) {
            for (PlannedFault drawn : entry.draw(chance)) {
                if (entry.at() != null) {
                    PlannedFault fixed = fixed(entry, drawn, rows);
                    free.take(fixed.row(), fixed.row() + length(fixed, symbols));
                    plan.add(fixed);
                } else {
                    scattered.add(scattered(entry, drawn, rows, symbols));
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

    private PlannedFault fixed(FaultEntry entry, PlannedFault drawn, long rows) {
        long row = entry.at().in(rows);
        if (row >= rows) {
            throw tooFew(entry, rows, "its fault lies at row " + row);
        }
        return new PlannedFault(row, drawn.fault(), drawn.symbol());
    }

    private Scattered scattered(FaultEntry entry, PlannedFault drawn, long rows, int symbols) {
        long margin = Math.max(rows / 100, Math.min(MARGIN, rows / 10));
        long from = Math.max(margin, entry.from() == null ? 0 : entry.from().in(rows));
        long to = Math.min(rows - margin, entry.to() == null ? rows : entry.to().in(rows));
        long share = (to - from) / faults();
        long length = Math.max(length(drawn, symbols), share / 3);
        return new Scattered(entry, drawn, from, to, rows - margin, length);
    }

    private static long length(PlannedFault planned, int symbols) {
        return FaultExtent.rows(planned.fault(), symbols) + RECOVERY;
    }

    private IllegalArgumentException tooFew(FaultEntry entry, long rows, String why) {
        return new IllegalArgumentException(
                "Too few rows for the faults: source="
                        + source
                        + " entry="
                        + (entries.indexOf(entry) + 1)
                        + " rows="
                        + rows
                        + " faults="
                        + faults()
                        + ": "
                        + why
                        + ". Fewer or shorter faults, a wider window, or more rows.");
    }

    private record Scattered(
            FaultEntry entry, PlannedFault drawn, long from, long to, long bound, long length) {

        long freedom() {
            return to - from - length;
        }

        PlannedFault placed(FreeRows free, Chance chance, FaultScript script, long rows) {
            long row = free.place(from, to, bound, length, chance);
            if (row < 0) {
                throw script.tooFew(
                        entry,
                        rows,
                        "no " + length + " rows in a row are free in [" + from + ", " + to + ")");
            }
            return new PlannedFault(row, drawn.fault(), drawn.symbol());
        }
    }
}

package io.microstream.binance.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random dumps of one symbol over several days, lively or illiquid: as they are, nothing is refused
 * or warned of; with one or several contradictions, something is.
 */
class ContradictionPropertiesTest {

    private static final long DAY_US = 86_400_000_000L;
    private static final long MINUTE_US = 60_000_000;
    private static final long START_US = 1_704_067_200_000_000L;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    @TempDir Path folder;

    private enum Flaw {
        ENDS_EARLY,
        BEGINS_LATE,
        OTHER_DAY,
        OTHER_MARKET,
        OTHER_SYMBOL,
        ONE_SIDE,
        UNREADABLE,
        TWO_IN_ONE,
        EMPTY,
        HEADER_INSIDE
    }

    private enum KlineFlaw {
        ENDS_EARLY,
        BEGINS_LATE,
        OTHER_DAY,
        OTHER_INTERVAL,
        OTHER_MARKET,
        OTHER_SYMBOL,
        UNREADABLE,
        ONE_ROW_UNREADABLE,
        EMPTY
    }

    /** One symbol's trades as lines of CSV, a list a day. */
    private static List<List<String>> trades(Random random, int days, int perDay, long firstId) {
        return trades(random, days, perDay, firstId, 1_000 + random.nextInt(50_000), true);
    }

    private static List<List<String>> trades(
            Random random, int days, int perDay, long firstId, double start, boolean spot) {
        List<List<String>> all = new ArrayList<>();
        long id = firstId;
        double price = start;
        for (int day = 0; day < days; day++) {
            long[] times =
                    random.longs(perDay, START_US + day * DAY_US, START_US + (day + 1) * DAY_US)
                            .sorted()
                            .toArray();
            List<String> rows = new ArrayList<>();
            for (long time : times) {
                price *= 1 + random.nextGaussian() * 1e-4;
                rows.add(
                        String.format(
                                Locale.ROOT,
                                spot ? "%d,%.8f,%.8f,%d,%d,%d,%s,True" : "%d,%.8f,%.8f,%d,%d,%d,%s",
                                id,
                                price,
                                .001 + random.nextDouble(),
                                3 * id,
                                3 * id + 1,
                                time / 1_000,
                                spot
                                        ? (random.nextBoolean() ? "True" : "False")
                                        : Boolean.toString(random.nextBoolean())));
                id++;
            }
            all.add(rows);
        }
        return all;
    }

    private static List<List<String>> klines(Random random, int days) {
        return klines(random, days, 1, 1_000 + random.nextInt(50_000));
    }

    private static List<List<String>> klines(Random random, int days, int minutes, double start) {
        List<List<String>> all = new ArrayList<>();
        double price = start;
        for (int day = 0; day < days; day++) {
            List<String> rows = new ArrayList<>();
            for (int minute = 0; minute < 1440; minute += minutes) {
                long open = (START_US + day * DAY_US + minute * MINUTE_US) / 1_000;
                price *= 1 + random.nextGaussian() * 1e-4;
                rows.add(
                        String.format(
                                Locale.ROOT,
                                "%d,%.4f,%.4f,%.4f,%.4f,1.5,%d,15,3,0.5,5,0",
                                open,
                                price,
                                price + 1,
                                price - 1,
                                price,
                                open + minutes * 60_000L - 1));
            }
            all.add(rows);
        }
        return all;
    }

    private Path write(String name, List<String> rows) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, rows);
    }

    private static String name(String kind, int day) {
        return "AUSDT-" + kind + "-" + date(day) + ".csv";
    }

    private static String date(int day) {
        return DATE.format(Instant.ofEpochSecond(START_US / 1_000_000 + day * 86_400L));
    }

    private void clear() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path :
                    all.filter(p -> !p.equals(folder)).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Returns what is refused or warned of; empty if nothing is. */
    private String judged(DumpKind kind) {
        try {
            InspectedFiles found = ArchiveCatalog.inspectAll(kind, List.of(folder), Set.of());
            return String.join("; ", found.warnings())
                    + found.unreadable().line().map(line -> "LOST " + line).orElse("");
        } catch (ArchiveException e) {
            assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("1970-");
            return e.getMessage();
        }
    }

    @Test
    void cleanDumpsRaiseNothing() throws IOException {
        int[] rows = {1, 2, 5, 40, 300, 3_000};
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            clear();
            int days = 1 + random.nextInt(5);
            List<List<String>> trades =
                    trades(random, days, rows[seed % rows.length], random.nextInt(2_000_000_000));
            List<String> month = new ArrayList<>();
            for (int day = 0; day < days; day++) {
                write("daily/" + name("aggTrades", day), trades.get(day));
                month.addAll(trades.get(day));
            }
            if (random.nextBoolean()) {
                // A file beside its days that is named after no period.
                write("AUSDT-aggTrades-all.csv", month);
            }
            assertThat(judged(DumpKind.AGG_TRADES)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void cleanMonthsAndDaysOfKlinesRaiseNothing() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            clear();
            List<List<String>> klines = klines(new Random(seed), 31 + 29);
            List<String> january = new ArrayList<>();
            List<String> february = new ArrayList<>();
            for (int day = 0; day < klines.size(); day++) {
                (day < 31 ? january : february).addAll(klines.get(day));
            }
            write("monthly/AUSDT-1m-2024-01.csv", january);
            write("monthly/AUSDT-1m-2024-02.csv", february);
            write("daily/" + name("1m", 30), klines.get(30));
            assertThat(judged(DumpKind.KLINES)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void firstDayOfASymbolRaisesNothing() throws IOException {
        List<String> day = trades(new Random(1), 1, 2_000, 0).get(0);
        List<String> listed = new ArrayList<>();
        for (int row = 1_500; row < day.size(); row++) {
            listed.add(day.get(row).replaceFirst("^\\d+", String.valueOf(row - 1_500)));
        }
        write(name("aggTrades", 0), listed);
        assertThat(judged(DumpKind.AGG_TRADES)).isEmpty();
    }

    @Test
    void everyCompositionOfContradictionsOfTradesIsFound() throws IOException {
        int cases = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            clear();
            int days = 2 + random.nextInt(3);
            List<List<String>> trades =
                    trades(random, days, 1_100 + random.nextInt(500), 1_000_000_000);
            List<Flaw> flaws = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                Flaw flaw = Flaw.values()[(seed + i * 7) % Flaw.values().length];
                flaws.add(flaw);
                corrupt(flaw, trades, random);
            }
            for (int day = 0; day < days; day++) {
                write("a/" + name("aggTrades", day), trades.get(day));
            }
            assertThat(judged(DumpKind.AGG_TRADES)).as("seed %d %s", seed, flaws).isNotEmpty();
            cases++;
        }
        assertThat(cases).isEqualTo(400);
    }

    private void corrupt(Flaw flaw, List<List<String>> trades, Random random) throws IOException {
        int day = random.nextInt(trades.size());
        List<String> rows = trades.get(day);
        switch (flaw) {
            case ENDS_EARLY -> {
                List<String> last = trades.get(trades.size() - 1);
                trades.set(
                        trades.size() - 1,
                        new ArrayList<>(
                                last.subList(0, Math.min(last.size(), 1 + last.size() / 2))));
            }
            case BEGINS_LATE ->
                    trades.set(
                            0,
                            new ArrayList<>(
                                    trades.get(0)
                                            .subList(
                                                    trades.get(0).size() / 2,
                                                    trades.get(0).size())));
            case OTHER_DAY ->
                    trades.set(day, new ArrayList<>(trades.get((day + 1) % trades.size())));
            case OTHER_MARKET ->
                    write(
                            "b/" + name("aggTrades", day),
                            trades(
                                            random,
                                            trades.size(),
                                            1_200,
                                            random.nextBoolean() ? 1_000_000_500 : 4_000_000,
                                            40_000,
                                            random.nextBoolean())
                                    .get(day));
            case OTHER_SYMBOL ->
                    trades.set(
                            day,
                            trades(random, trades.size(), 1_200, 5_000_000_000L, 1.5, true)
                                    .get(day));
            case ONE_SIDE -> rows.replaceAll(row -> row.replaceFirst(",(True|False),", ",True,"));
            case UNREADABLE -> rows.replaceAll(row -> row.replaceFirst(",", ".0,"));
            case TWO_IN_ONE ->
                    rows.addAll(trades(random, trades.size(), 1_200, 9_000_000_000L).get(day));
            case EMPTY -> rows.clear();
            case HEADER_INSIDE -> {
                String header = "agg_trade_id,price,quantity,first,last,time,maker,match";
                rows.add(rows.size() / 2, header);
                rows.add(0, header);
            }
        }
    }

    @Test
    void everyContradictionOfKlinesIsFound() throws IOException {
        for (int seed = 0; seed < 90; seed++) {
            Random random = new Random(seed);
            clear();
            int days = 3;
            List<List<String>> klines = klines(random, days);
            KlineFlaw flaw = KlineFlaw.values()[seed % KlineFlaw.values().length];
            corrupt(flaw, klines, random);
            boolean six = random.nextBoolean();
            for (int day = 0; day < days; day++) {
                List<String> rows = klines.get(day);
                write(
                        "a/" + name("1m", day),
                        six ? rows.stream().map(ContradictionPropertiesTest::six).toList() : rows);
            }
            assertThat(judged(DumpKind.KLINES)).as("seed %d %s", seed, flaw).isNotEmpty();
        }
    }

    private static String six(String row) {
        String[] columns = row.split(",");
        return String.join(",", List.of(columns).subList(0, 6));
    }

    private void corrupt(KlineFlaw flaw, List<List<String>> klines, Random random)
            throws IOException {
        int day = random.nextInt(klines.size());
        List<String> rows = klines.get(day);
        int some = 1 + random.nextInt(1_000);
        switch (flaw) {
            case ENDS_EARLY -> rows.subList(rows.size() - some, rows.size()).clear();
            case BEGINS_LATE -> rows.subList(0, some).clear();
            case OTHER_DAY -> klines.set(day, klines.get((day + 1) % klines.size()));
            case OTHER_INTERVAL -> klines.set(day, klines(random, klines.size(), 5, 9).get(day));
            case OTHER_MARKET ->
                    write("b/" + name("1m", day), klines(random, klines.size(), 1, 9).get(day));
            case OTHER_SYMBOL -> klines.set(day, klines(random, klines.size(), 1, 9).get(day));
            case UNREADABLE -> rows.replaceAll(row -> row.replaceFirst(",", ".0,"));
            case ONE_ROW_UNREADABLE -> rows.set(some, rows.get(some).replaceFirst("\\.", ".."));
            case EMPTY -> rows.clear();
        }
    }
}

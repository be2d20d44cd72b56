package io.microstream.standalone.flaws;

import io.microstream.binance.archive.DumpKind;
import io.microstream.market.Trade;
import io.microstream.standalone.flaws.RandomMarket.Layout;
import io.microstream.testing.FlawedRows;
import io.microstream.testing.FlawedRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Recorded input of one symbol, corrupted by a random composition of kinds; a function of its seed.
 *
 * @param kind of the files
 * @param flaws the kinds of corruption in it; none in one of twenty-five, which must then pass
 * @param market what really happened: the truth. If a whole file was named for another symbol, the
 *     market of that file, since nothing in the input says otherwise
 * @param renamed whether that is so
 * @param runs the files of each run, all into one database, in order
 * @param part whether a run reads a part of what another reads, with the same rows
 */
record FlawedCase(
        long seed,
        DumpKind kind,
        Set<FlawKind> flaws,
        RandomMarket market,
        boolean renamed,
        List<List<InputFile>> runs,
        boolean part) {

    private static final long SECOND_US = 1_000_000;

    /** Returns the symbol of a seed's case, which no other has. */
    static String symbol(long seed) {
        return "F%07dUSDT".formatted(seed);
    }

    /** Returns the kind of the files of a seed's case. */
    static DumpKind kind(long seed) {
        int form = new Random(seed * 31 + 7).nextInt(20);
        return form < 14 ? DumpKind.AGG_TRADES : form < 17 ? DumpKind.TRADES : DumpKind.CAPTURE;
    }

    static FlawedCase of(long seed) {
        return new Maker(seed).make();
    }

    /** Writes the files of a run into a folder of their own, which is returned. */
    Path write(Path folder, int run) throws IOException {
        Path own = Files.createDirectories(folder.resolve(symbol(seed) + "-" + (run + 1)));
        for (InputFile file : runs.get(run)) {
            file.write(own);
        }
        return own;
    }

    private static final class Maker {

        private final long seed;
        private final Random random;
        private final DumpKind kind;
        private final String symbol;
        private final EnumSet<FlawKind> flaws = EnumSet.noneOf(FlawKind.class);
        private final boolean singles;
        private RandomMarket market;
        private RandomMarket other;
        private FlawedRows rows;
        private final List<InputFile> beside = new ArrayList<>();
        private boolean renamed;
        private boolean otherSecondDay;
        private String entrySymbol;

        Maker(long seed) {
            this.seed = seed;
            this.random = new Random(seed * 0x9E3779B97F4A7C15L + 11);
            this.kind = FlawedCase.kind(seed);
            this.symbol = symbol(seed);
            this.singles = kind == DumpKind.TRADES;
        }

        FlawedCase make() {
            drawFlaws();
            Layout layout = layout();
            market = RandomMarket.of(random, symbol, layout, singles);
            other = sameTimeElsewhere(layout);
            entrySymbol = random.nextInt(5) == 0 && kind != DumpKind.CAPTURE ? symbol : null;
            if (flaws.contains(FlawKind.SWAPPED_SYMBOL)) {
                swap();
            }
            rows = FlawedRows.of(market.trades());
            List<FlawKind> order = new ArrayList<>(flaws);
            Collections.shuffle(order, random);
            order.forEach(this::corrupt);
            if (flaws.contains(FlawKind.TRUNCATED_END)) {
                truncate();
            }
            return runs();
        }

        private void drawFlaws() {
            List<FlawKind> all = new ArrayList<>(List.of(FlawKind.values()));
            int count = random.nextInt(25) == 0 ? 0 : 1 + random.nextInt(3);
            Collections.shuffle(all, random);
            flaws.addAll(all.subList(0, count));
            if (kind == DumpKind.CAPTURE) {
                flaws.remove(FlawKind.SWAPPED_SYMBOL);
            }
            if (flaws.contains(FlawKind.CORRECTED_REUPLOAD)) {
                flaws.remove(FlawKind.SWAPPED_SYMBOL);
                flaws.remove(FlawKind.PARTIAL_OVERLAP);
                if (flaws.size() == 1) {
                    flaws.add(
                            all.get(count) == FlawKind.ZERO_QUANTITY
                                    ? FlawKind.WILD_TIME
                                    : FlawKind.DIFFERING_DUPLICATE);
                }
            }
        }

        private Layout layout() {
            return kind == DumpKind.CAPTURE
                    ? Layout.UNDATED
                    : Layout.values()[random.nextInt(Layout.values().length)];
        }

        /** Returns a market of the same minutes with other prices and ids, under the same name. */
        private RandomMarket sameTimeElsewhere(Layout layout) {
            RandomMarket drawn = RandomMarket.of(random, symbol, layout, singles);
            long byUs = market.trades().get(0).timeUs() - drawn.trades().get(0).timeUs();
            List<Trade> moved = new ArrayList<>();
            for (Trade trade : drawn.trades()) {
                long time = (trade.timeUs() + byUs) / market.unitUs() * market.unitUs();
                moved.add(copy(trade, trade.id(), trade.price(), trade.quantity(), time));
            }
            return new RandomMarket(layout, market.dayUs(), market.unitUs(), moved);
        }

        private void swap() {
            int how = random.nextInt(4);
            if (how == 0) {
                renamed = true;
            } else if (how == 1) {
                entrySymbol = "OTHERUSDT";
            } else if (how == 2 && market.layout() == Layout.TWO_DAYS) {
                otherSecondDay = true;
            } else {
                beside.add(second(FlawedRows.of(other.trades()).rows()));
            }
        }

        private void corrupt(FlawKind flaw) {
            switch (flaw) {
                case WILD_TIME -> wildTime();
                case LOST_TRADE -> lose();
                case REPEATED_TRADE -> repeat();
                case ZERO_QUANTITY -> {
                    int at = readable();
                    Trade trade = rows.rows().get(at).trade();
                    rows.state(at, copy(trade, trade.id(), trade.price(), 0, trade.timeUs()));
                }
                case FOREIGN_ROW -> foreign();
                case DIFFERING_DUPLICATE -> duplicate();
                default -> {}
            }
        }

        private void wildTime() {
            int count = random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(4);
            int where = random.nextInt(20);
            int at = where < 3 ? 0 : where < 6 ? rows.size() - count : readable();
            long byUs =
                    switch (random.nextInt(10)) {
                                case 0, 1, 2 -> 1 + random.nextInt(20);
                                case 3, 4 -> 60 + random.nextInt(1_200);
                                case 5, 6 -> 3_600L + random.nextInt(72_000);
                                case 7, 8 -> 86_400L * (1 + random.nextInt(20));
                                default -> 86_400L * (30 + random.nextInt(90));
                            }
                            * SECOND_US;
            rows.move(Math.max(0, at), count, random.nextBoolean() ? byUs : -byUs);
        }

        private void lose() {
            int at = readable();
            Trade trade = rows.rows().get(at).trade();
            int count = Math.min(rows.size() - at - 1, 1 + random.nextInt(3));
            int how = singles || kind == DumpKind.CAPTURE ? 0 : random.nextInt(3);
            if (how == 0 || count < 1) {
                rows.lose(at, Math.max(1, count));
            } else if (how == 1 || trade.tradeCount() == 1) {
                rows.loseSingleTrades(at, count);
            } else {
                rows.loseFirstSingleTrade(at, Math.max(1, trade.quantity() / 2));
            }
        }

        private void repeat() {
            int at = readable();
            int count = 1 + random.nextInt(4);
            if (singles || random.nextInt(3) == 0) {
                rows.repeat(at, count);
            } else {
                rows.repeatUnderNewIds(at, count);
            }
        }

        /** Inserts rows of the other market, with their own ids or one that the symbol has. */
        private void foreign() {
            int at = readable();
            Trade here = rows.rows().get(at).trade();
            boolean ownIds = random.nextInt(3) > 0;
            int count = ownIds ? 1 + random.nextInt(3) : 1;
            int from = random.nextInt(other.trades().size() - count);
            for (int i = 0; i < count; i++) {
                Trade strange = other.trades().get(from + i);
                Trade stated =
                        copy(
                                strange,
                                ownIds ? strange.id() : here.id(),
                                strange.price(),
                                strange.quantity(),
                                here.timeUs());
                rows.insert(at + i, new Row(stated, null, null));
            }
        }

        private void duplicate() {
            int at = readable();
            Row row = rows.rows().get(at);
            Trade trade = row.trade();
            long quantity = trade.quantity();
            long price = trade.price();
            if (random.nextInt(4) > 0 || quantity == 0) {
                quantity = quantity + 100_000L * (1 + random.nextInt(9));
            } else {
                price = price + 1_000_000L * (1 + random.nextInt(9));
            }
            Row altered =
                    new Row(
                            copy(trade, trade.id(), price, quantity, trade.timeUs()),
                            row.origin(),
                            null);
            if (random.nextBoolean()) {
                rows.insert(random.nextBoolean() ? at : at + 1, altered);
            } else {
                int from = random.nextInt(at + 1);
                int to = at + 1 + random.nextInt(rows.size() - at);
                List<Row> slice = new ArrayList<>(rows.rows().subList(from, to));
                slice.set(at - from, altered);
                beside.add(second(slice));
            }
        }

        private void truncate() {
            int count = 1 + random.nextInt(rows.size() / 3);
            Row last = rows.rows().get(rows.size() - count);
            rows.lose(rows.size() - count, count);
            if (random.nextBoolean() && last.trade() != null) {
                String line = file("", -1, -1, List.of()).line(last);
                rows.insertLine(
                        rows.size(), line.substring(0, 1 + random.nextInt(line.length() - 1)));
            }
        }

        private FlawedCase runs() {
            List<InputFile> whole = new ArrayList<>(files(rows.rows()));
            List<List<InputFile>> runs = new ArrayList<>();
            boolean part = false;
            if (flaws.contains(FlawKind.CORRECTED_REUPLOAD)) {
                whole.addAll(beside);
                runs.add(whole);
                runs.add(files(FlawedRows.of(market.trades()).rows()));
            } else if (flaws.contains(FlawKind.PARTIAL_OVERLAP)) {
                int from = random.nextInt(rows.size() / 2);
                int to = from + 1 + random.nextInt(rows.size() - from);
                InputFile slice = second(rows.rows().subList(from, to));
                int how = beside.isEmpty() ? random.nextInt(3) : 1 + random.nextInt(2);
                part = how > 0;
                whole.addAll(beside);
                if (how == 0) {
                    whole.add(slice);
                    runs.add(whole);
                } else {
                    runs.add(how == 1 ? whole : List.of(slice));
                    runs.add(how == 1 ? List.of(slice) : whole);
                }
            } else {
                whole.addAll(beside);
                runs.add(whole);
            }
            return new FlawedCase(seed, kind, flaws, market, renamed, runs, part);
        }

        /** Distributes rows over the files of the layout, by what the rows should state. */
        private List<InputFile> files(List<Row> all) {
            long day = market.dayUs();
            long next = day + RandomMarket.DAY_US;
            return switch (market.layout()) {
                case UNDATED -> List.of(file("recorded", -1, -1, all));
                case MONTH -> List.of(month(all));
                case DAY_START, DAY_END -> List.of(file(date(day), day, next, all));
                case TWO_DAYS -> {
                    List<Row> first = new ArrayList<>();
                    List<Row> second = new ArrayList<>();
                    for (Row row : all) {
                        Trade trade = row.origin() == null ? row.trade() : row.origin();
                        boolean late = trade == null ? !second.isEmpty() : trade.timeUs() >= next;
                        (late ? second : first).add(row);
                    }
                    if (otherSecondDay) {
                        second =
                                FlawedRows.of(other.trades()).rows().stream()
                                        .filter(row -> row.trade().timeUs() >= next)
                                        .map(row -> new Row(row.trade(), null, null))
                                        .toList();
                    }
                    List<InputFile> files = new ArrayList<>();
                    files.add(file(date(day), day, next, first));
                    if (!second.isEmpty()) {
                        files.add(file(date(next), next, next + RandomMarket.DAY_US, second));
                    }
                    yield files;
                }
            };
        }

        /** Returns a second file beside those of the layout, under a name that is still free. */
        private InputFile second(List<Row> some) {
            List<Row> strange =
                    some.stream()
                            .map(
                                    row ->
                                            row.origin() == null
                                                            || !other.trades()
                                                                    .contains(row.origin())
                                                    ? row
                                                    : new Row(row.trade(), null, null))
                            .toList();
            long day = market.dayUs();
            return switch (market.layout()) {
                case UNDATED -> file("more", -1, -1, strange);
                case MONTH -> file(date(day), day, day + RandomMarket.DAY_US, strange);
                default -> month(strange);
            };
        }

        private InputFile month(List<Row> some) {
            YearMonth month = YearMonth.from(date(market.dayUs()));
            return file(
                    month,
                    month.atDay(1).toEpochDay() * RandomMarket.DAY_US,
                    month.plusMonths(1).atDay(1).toEpochDay() * RandomMarket.DAY_US,
                    some);
        }

        private InputFile file(Object label, long fromUs, long toUs, List<Row> some) {
            return new InputFile(
                    kind,
                    symbol,
                    label.toString(),
                    fromUs,
                    toUs,
                    market.unitUs(),
                    entrySymbol,
                    List.copyOf(some));
        }

        private static LocalDate date(long us) {
            return LocalDate.ofInstant(Instant.ofEpochMilli(us / 1000), ZoneOffset.UTC);
        }

        /** Draws the position of a row that states a trade. */
        private int readable() {
            int at = random.nextInt(rows.size());
            while (rows.rows().get(at).trade() == null) {
                at = (at + 1) % rows.size();
            }
            return at;
        }

        private static Trade copy(Trade of, long id, long price, long quantity, long timeUs) {
            boolean single = of.firstTradeId() == of.id();
            return new Trade(
                    of.symbol(),
                    id,
                    price,
                    quantity,
                    single ? id : of.firstTradeId(),
                    single ? id : of.lastTradeId(),
                    timeUs,
                    of.buyerIsMaker());
        }
    }
}

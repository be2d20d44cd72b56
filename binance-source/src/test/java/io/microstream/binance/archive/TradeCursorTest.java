package io.microstream.binance.archive;

import static io.microstream.binance.archive.DumpFiles.DAY_US;
import static io.microstream.binance.archive.DumpFiles.aggTrade;
import static io.microstream.binance.archive.DumpFiles.inspected;
import static io.microstream.binance.archive.DumpFiles.row;
import static io.microstream.binance.archive.DumpFiles.rows;
import static io.microstream.binance.archive.DumpFiles.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradeCursorTest {

    private static final String NAME = "ETHUSDT-aggTrades-sample.csv";

    @TempDir Path folder;
    private DumpFiles dumps;

    @BeforeEach
    void createFiles() {
        dumps = new DumpFiles(folder);
    }

    @Test
    void aggregateTradesAreExact() {
        assertThat(
                        aggRows(
                                "3800397495,87648.21000000,0.08185000,5723703861,5723703870,1767225600039409,True,True",
                                "3800397496,0.00000001,0.00000002,5723703871,5723703871,1767225600039409,false,TRUE"))
                .containsExactly(
                        "1: 3800397495 8764821000000 8185000 5723703861-5723703870 1767225600039409 true",
                        "2: 3800397496 1 2 5723703871-5723703871 1767225600039409 false");
    }

    @Test
    void singleTradesAreAggregatesOfOneWithOrWithoutBestMatch() {
        String[] names = {"A-trades-1.csv", "A-trades-2.csv"};
        String[] rows = {
            "293517768,83.29,0.107,8.91203,1750507467356,False,True",
            "293517768,83.29,0.107,8.91203,1750507467356,false"
        };
        for (int i = 0; i < 2; i++) {
            Path file = dumps.plain(names[i], rows[i]);
            assertThat(rows(inspected(DumpKind.TRADES, file)))
                    .containsExactly(
                            "1: 293517768 8329000000 10700000 293517768-293517768 1750507467356000 false");
        }
    }

    @Test
    void headerWindowsLineEndsAndMissingLastLineEndDoNotMatter() throws IOException {
        Path file = folder.resolve(NAME);
        String text =
                "agg_id,p,q,f,l,t,m,b\r\n" + aggTrade(1, DAY_US) + "\r\n\r\n" + aggTrade(2, DAY_US);
        Files.writeString(file, text);
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.malformed()).isZero();
        assertThat(rows(found)).hasSize(2).last().asString().startsWith("4: 2 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,100.5,0.2,4,5,1748736000000000,True|wrong number of columns",
                "2,100.5,0.2,4,5,1748736000000000,True,True,1|wrong number of columns",
                "2100.50.2451748736000000000TrueTrue|wrong number of columns",
                "x,100.5,0.2,4,5,1748736000000000,True,True|id is not a whole number",
                "-2,100.5,0.2,4,5,1748736000000000,True,True|id is not a whole number",
                ",100.5,0.2,4,5,1748736000000000,True,True|id is not a whole number",
                "2,0.00000000,0.2,4,5,1748736000000000,True,True|price is not a decimal above zero",
                "2,-1.5,0.2,4,5,1748736000000000,True,True|price is not a decimal above zero",
                "2,1.5e3,0.2,4,5,1748736000000000,True,True|price has an exponent, not a plain decimal",
                "2,1.123456789,0.2,4,5,1748736000000000,True,True|price has more than eight decimals",
                "2,100.5,NaN,4,5,1748736000000000,True,True|quantity is not a decimal above zero",
                "2,100.5,123456789012.00,4,5,1748736000000000,True,True|quantity is larger than 92233720368.54775807",
                "2,100.5,1.25e-06,4,5,1748736000000000,True,True|quantity has an exponent, not a plain decimal",
                "2,100.5,0.2,4.0,5,1748736000000000,True,True|trade id is not a whole number",
                "2,100.5,0.2,6,5,1748736000000000,True,True|last trade id is below the first",
                "2,100.5,0.2,4,5,17487360000,True,True|time is not between the years 2000 and 2100",
                "2,100.5,0.2,4,5,17487360000000001748736000000000,True,True|time is not between the years 2000 and 2100",
                "2,100.5,0.2,4,5,1748736000000000,yes,True|flag is neither true nor false",
                "2,100.5,0.2,4,5,1748736000000000,1,True|flag is neither true nor false",
                "2,100.5,0.2,4,5,1748736000000000,True,Tr|flag is neither true nor false"
            })
    void malformedRowIsCountedWithItsReasonAndItsNeighboursAreRead(String bad, String reason) {
        Path file = dumps.plain(NAME, aggTrade(1, DAY_US), bad, aggTrade(3, DAY_US));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.rows()).isEqualTo(2);
        assertThat(found.malformed()).isEqualTo(1);
        List<String> rows = rows(found);
        assertThat(rows.get(1)).isEqualTo("2: " + reason + ": " + bad);
        assertThat(rows.get(2)).startsWith("3: 3 ");
    }

    @Test
    void badQuoteQuantityOfATradeIsMalformed() {
        Path file =
                dumps.plain(
                        "A-trades-1.csv",
                        trade(1, DAY_US),
                        trade(2, DAY_US).replace("25.1", "-25.1"));
        assertThat(rows(inspected(DumpKind.TRADES, file)).get(1))
                .startsWith("2: quote quantity is not a decimal: 2,");
    }

    @Test
    void timeOfAnotherUnitIsMalformedIfTheFileChangedAfterInspection() {
        Path file = dumps.plain(NAME, aggTrade(1, DAY_US));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        dumps.plain(NAME, aggTrade(1, DAY_US), aggTrade(2, DAY_US / 1_000));
        assertThat(rows(found).get(1))
                .startsWith("2: time is in another unit than the rows before");
    }

    @Test
    void longTextIsCut() {
        Path file = dumps.plain(NAME, aggTrade(1, DAY_US), "2," + "9".repeat(5_000));
        try (TradeCursor cursor = TradeCursor.open(inspected(DumpKind.AGG_TRADES, file))) {
            assertThat(cursor.skip(2)).isTrue();
            assertThat(cursor.malformedText()).isEqualTo("2," + "9".repeat(198));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 777, 4_096, 49_999, 50_000, 1 << 20})
    void shuffledFileReadsAsTheSortedOneAtAnyRunSize(int runRows) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            rows.add(aggTrade(i / 2, DAY_US + i));
        }
        Collections.shuffle(rows, new Random(7));
        rows.add(100, "broken");
        rows.add(40_000, "also broken");
        if (runRows == 1) {
            rows = rows.subList(0, 300);
        }
        Path file = dumps.plain(NAME, rows.toArray(String[]::new));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.sorted()).isFalse();
        List<String> read = new ArrayList<>();
        TradeRows unsorted = new CsvTradeRows(file, DumpKind.AGG_TRADES);
        try (TradeRows sorted = new SortedTradeRows(unsorted, runRows)) {
            while (sorted.next()) {
                TradeRow r = sorted.row();
                read.add(r.malformedReason == null ? r.id + " " + r.line : "bad " + r.line);
            }
        }
        assertThat(read).isEqualTo(expectedOrder(rows));
    }

    private static List<String> expectedOrder(List<String> rows) {
        List<String> bad = new ArrayList<>();
        List<long[]> good = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).endsWith("broken")) {
                bad.add("bad " + (i + 1));
            } else {
                good.add(new long[] {Long.parseLong(rows.get(i).split(",")[0]), i + 1});
            }
        }
        good.sort(Comparator.comparingLong(r -> r[0]));
        good.forEach(r -> bad.add(r[0] + " " + r[1]));
        return bad;
    }

    @Test
    void cursorSortsAnUnsortedFileAndLeavesNoTemporaryFile() {
        Path file =
                dumps.plain(
                        NAME, aggTrade(3, DAY_US), "?", aggTrade(1, DAY_US), aggTrade(2, DAY_US));
        assertThat(rows(inspected(DumpKind.AGG_TRADES, file)))
                .extracting(r -> r.substring(0, 4))
                .containsExactly("2: w", "3: 1", "4: 2", "1: 3");
        assertThat(sortFiles()).isZero();
    }

    private static long sortFiles() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("microstream-sort-"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void skippingByPositionResumesExactly() {
        Path file =
                dumps.plain(
                        NAME, aggTrade(1, DAY_US), "?", aggTrade(2, DAY_US), aggTrade(3, DAY_US));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        List<String> all = rows(found);
        for (int skip = 0; skip < all.size(); skip++) {
            try (TradeCursor cursor = TradeCursor.open(found)) {
                assertThat(cursor.skip(skip)).isTrue();
                assertThat(cursor.position()).isEqualTo(skip);
                assertThat(cursor.next()).isTrue();
                assertThat(row(cursor)).isEqualTo(all.get(skip));
                assertThat(cursor.skip(99)).isFalse();
                assertThat(cursor.position()).isEqualTo(4);
            }
        }
    }

    @Test
    void skippingToAnIdStopsAtTheFirstThatIsNotBelow() {
        Path file =
                dumps.plain(
                        NAME, aggTrade(1, DAY_US), aggTrade(4, DAY_US), "?", aggTrade(6, DAY_US));
        try (TradeCursor cursor = TradeCursor.open(inspected(DumpKind.AGG_TRADES, file))) {
            assertThat(cursor.skipTo(3)).isTrue();
            assertThat(cursor.id()).isEqualTo(4);
            assertThat(cursor.skipTo(4)).isTrue();
            assertThat(cursor.id()).isEqualTo(4);
            assertThat(cursor.skipTo(5)).isTrue();
            assertThat(cursor.id()).isEqualTo(6);
            assertThat(cursor.skipTo(7)).isFalse();
        }
    }

    @Test
    void sameIdForTwoTradesAtADayBorderIsKept() {
        Path file = dumps.plain(NAME, aggTrade(12027555, DAY_US), aggTrade(12027555, DAY_US + 1));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.sorted()).isTrue();
        assertThat(rows(found)).hasSize(2);
    }

    @Test
    void fileThatVanishedIsAnError() throws IOException {
        Path file = dumps.plain(NAME, aggTrade(1, DAY_US));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        Files.delete(file);
        assertThatThrownBy(() -> TradeCursor.open(found))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("File not found: path=" + file);
    }

    private List<String> aggRows(String... lines) {
        return rows(inspected(DumpKind.AGG_TRADES, dumps.plain(NAME, lines)));
    }
}

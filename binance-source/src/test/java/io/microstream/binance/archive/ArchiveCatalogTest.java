package io.microstream.binance.archive;

import static io.microstream.binance.archive.DumpFiles.DAY_US;
import static io.microstream.binance.archive.DumpFiles.aggTrade;
import static io.microstream.binance.archive.DumpFiles.inspected;
import static io.microstream.binance.archive.DumpFiles.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveCatalogTest {

    private static final long DAY_LENGTH_US = 86_400_000_000L;
    private static final long DAY_END_US = DAY_US + DAY_LENGTH_US;
    private static final String DAY = "ETHUSDT-aggTrades-2025-06-01";

    @TempDir Path folder;
    private DumpFiles dumps;

    @BeforeEach
    void createFiles() {
        dumps = new DumpFiles(folder);
    }

    @Test
    void wholeDayIsDescribedToTheLastComponent() {
        Path file =
                dumps.zip(
                        DAY + ".zip",
                        aggTrade(10, DAY_US),
                        aggTrade(11, DAY_US + 5_000_000),
                        "glued10011",
                        aggTrade(12, DAY_END_US - 1));
        assertThat(inspected(DumpKind.AGG_TRADES, file))
                .isEqualTo(
                        new ArchiveFile(
                                file.toAbsolutePath().toString(),
                                DumpKind.AGG_TRADES,
                                "ETHUSDT",
                                List.of("ETHUSDT"),
                                true,
                                true,
                                false,
                                3,
                                1,
                                0,
                                10,
                                12,
                                DAY_US,
                                DAY_END_US - 1,
                                true,
                                true,
                                true));
    }

    @Test
    void sameRowsPackedAnyWayAreTheSame() {
        String[] rows = {aggTrade(10, DAY_US), aggTrade(11, DAY_US + 1)};
        for (Path file :
                List.of(
                        dumps.zip("a/" + DAY + ".zip", rows),
                        dumps.gzip("b/" + DAY + ".csv.gz", rows),
                        dumps.plain("c/" + DAY + ".csv", rows))) {
            ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
            assertThat(found.rows()).isEqualTo(2);
            assertThat(found.startsAtPeriodStart()).isTrue();
            assertThat(found.endsAtPeriodEnd()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ETHUSDT-aggTrades-2025-06-01.csv, 0, true, false",
        "ETHUSDT-aggTrades-2025-06-01.csv, 59999999, true, false",
        "ETHUSDT-aggTrades-2025-06-01.csv, 60000000, false, false",
        "ETHUSDT-aggTrades-2025-06-01.csv, -1, false, false",
        "ETHUSDT-aggTrades-2025-06-01.csv, 86399999999, false, true",
        "ETHUSDT-aggTrades-2025-06-01.csv, 86400000000, false, false",
        "ETHUSDT-aggTrades-2025-06.csv, 86399999999, false, false",
        "ETHUSDT-aggTrades-2025-06.csv, 2591940000000, false, true",
        "ETHUSDT-aggTrades-2025-06.csv, 0, true, false",
        "ETHUSDT-aggTrades-2025-13.csv, 0, false, false",
        "ETHUSDT-aggTrades-sample.csv, 0, false, false"
    })
    void periodBordersComeFromTheName(String name, long offsetUs, boolean starts, boolean ends) {
        Path file = dumps.plain(name, aggTrade(1, DAY_US + offsetUs));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.startsAtPeriodStart()).isEqualTo(starts);
        assertThat(found.endsAtPeriodEnd()).isEqualTo(ends);
    }

    @ParameterizedTest
    @CsvSource({
        "x f l, false, true",
        "f x l, true, true",
        "f l x, true, false",
        "l f x, true, true",
        "l x f, false, false",
        "x l f, true, true"
    })
    void unreadableRowAtTheEdgeTakesAwayItsProof(String order, boolean starts, boolean ends) {
        String[] rows =
                Arrays.stream(order.split(" "))
                        .map(
                                row ->
                                        switch (row) {
                                            case "f" -> aggTrade(10, DAY_US);
                                            case "l" -> aggTrade(12, DAY_END_US - 1);
                                            default -> aggTrade(11, DAY_US + 1) + "x";
                                        })
                        .toArray(String[]::new);
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, dumps.plain(DAY + ".csv", rows));
        assertThat(found.startsAtPeriodStart()).isEqualTo(starts);
        assertThat(found.endsAtPeriodEnd()).isEqualTo(ends);
    }

    @Test
    void headerOfFuturesFilesIsNoRow() {
        String header =
                "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker";
        Path file = dumps.plain(DAY + ".csv", header, "5,100.5,0.2,7,9,1748736000000,true");
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.header()).isTrue();
        assertThat(found.microseconds()).isFalse();
        assertThat(found.rows()).isEqualTo(1);
        assertThat(found.malformed()).isZero();
        assertThat(found.firstTimeUs()).isEqualTo(DAY_US);
    }

    @Test
    void emptyFileHasNoRowsAndNoIds() {
        Path empty = dumps.plain("A-trades-2025-06.csv");
        fails(DumpKind.TRADES, empty).hasMessageContaining("No rows in the files: paths=[" + empty);
        dumps.plain("A-trades-2025-07.csv", trade(1, DAY_END_US + 29 * DAY_LENGTH_US));
        ArchiveFile found =
                ArchiveCatalog.inspect(DumpKind.TRADES, List.of(folder), Set.of()).get(0);
        assertThat(found.rows()).isZero();
        assertThat(found.firstId()).isEqualTo(-1);
        assertThat(found.lastTimeUs()).isEqualTo(-1);
        assertThat(found.startsAtPeriodStart()).isFalse();
    }

    @Test
    void unsortedFileIsReported() {
        Path file =
                dumps.plain(
                        DAY + ".csv",
                        aggTrade(3, DAY_US),
                        aggTrade(1, DAY_US),
                        aggTrade(2, DAY_US));
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.sorted()).isFalse();
        assertThat(found.firstId()).isEqualTo(1);
        assertThat(found.lastId()).isEqualTo(3);
    }

    @Test
    void folderGivesFilesOfTheKindBySymbolAndFirstId() {
        dumps.plain("x/B-aggTrades-2025-06-01.csv", aggTrade(5, DAY_US));
        dumps.plain("x/A-aggTrades-2025-06-04.csv", aggTrade(7, DAY_US + 3 * DAY_LENGTH_US));
        dumps.plain("y/A-aggTrades-2025-06-02.csv", aggTrade(3, DAY_US + DAY_LENGTH_US));
        dumps.zip("y/z/A-aggTrades-2025-06-03.zip", aggTrade(4, DAY_US + 2 * DAY_LENGTH_US));
        dumps.plain("y/z/A-aggTrades-2025-06-03.csv", aggTrade(99, DAY_US));
        dumps.plain("y/A-trades-2025-06-03.csv", trade(3, DAY_US));
        dumps.plain("y/A-1m-2025-06-03.csv", "no kline");
        dumps.plain("y/._A-aggTrades-2025-06-03.csv", "resource fork");
        dumps.plain("y/A-aggTrades-2025-06-09.zip.CHECKSUM", "orphan");
        dumps.plain("y/README.md", "text");
        assertThat(ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(folder), Set.of()))
                .extracting(f -> f.symbol() + f.firstId())
                .containsExactly("A3", "A4", "A7", "B5");
        assertThat(ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(folder), Set.of("b")))
                .extracting(ArchiveFile::symbol)
                .containsExactly("B");
    }

    @Test
    void fileGivenTwiceIsReadOnce() {
        Path file = dumps.plain(DAY + ".csv", aggTrade(5, DAY_US));
        assertThat(
                        ArchiveCatalog.inspect(
                                DumpKind.AGG_TRADES, List.of(file, folder, file), Set.of()))
                .hasSize(1);
    }

    @Test
    void filesOfOtherDaysAreNotOpened() {
        dumps.plain("A-trades-2025-06-01.csv", trade(1, DAY_US));
        dumps.plain("A-trades-2025-06-02.csv", "would be an error");
        dumps.plain("A-trades-all.csv", trade(2, DAY_US));
        assertThat(
                        ArchiveCatalog.inspectAll(
                                        DumpKind.TRADES,
                                        List.of(folder),
                                        Set.of(),
                                        DAY_US,
                                        DAY_END_US)
                                .files())
                .extracting(ArchiveFile::firstId)
                .containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s  name.zip", "%s", "%S *name.zip\r", "%s name.zip\nmore"})
    void goodChecksumIsAccepted(String form) {
        Path file = dumps.zip(DAY + ".zip", aggTrade(5, DAY_US));
        dumps.checksum(file, form);
        assertThat(inspected(DumpKind.AGG_TRADES, file).rows()).isEqualTo(1);
    }

    @Test
    void badChecksumIsAnErrorEvenIfTheFileReads() {
        Path file = dumps.zip(DAY + ".zip", aggTrade(5, DAY_US));
        dumps.plain(DAY + ".zip.CHECKSUM", "0".repeat(64) + "  " + DAY + ".zip");
        fails(DumpKind.AGG_TRADES, file)
                .hasMessageStartingWith("Checksum differs: path=" + file)
                .hasMessageContaining("expected=" + "0".repeat(64) + " found=");
        dumps.plain(DAY + ".zip.CHECKSUM", "0".repeat(64) + "  other.zip");
        fails(DumpKind.AGG_TRADES, file)
                .hasMessageContaining("Checksum is of another file")
                .hasMessageContaining("names=other.zip");
        dumps.plain(DAY + ".zip.CHECKSUM", "<html>404</html>");
        fails(DumpKind.AGG_TRADES, file).hasMessageContaining("<sha256>  <name>");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7, 0.99})
    void truncatedZipAndGzipAreErrors(double share) {
        String[] rows = new String[2_000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = aggTrade(i, DAY_US + i * 7_919L);
        }
        Path zip = dumps.cut(dumps.zip(DAY + ".zip", rows), share);
        fails(DumpKind.AGG_TRADES, zip)
                .hasMessageMatching("File (is damaged|cannot be read).*path=" + zip + ".*");
        Path gzip = dumps.cut(dumps.gzip(DAY + ".csv.gz", rows), share);
        fails(DumpKind.AGG_TRADES, gzip)
                .hasMessageMatching("File is damaged or cut off: path=" + gzip + ".*Download it.*");
    }

    @Test
    void flippedByteInAZipIsAnError() throws Exception {
        Path file = dumps.zip(DAY + ".zip", aggTrade(5, DAY_US), aggTrade(6, DAY_US));
        byte[] good = Files.readAllBytes(file);
        for (int at = 80; at < 100; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(file, bad);
            fails(DumpKind.AGG_TRADES, file).hasMessageContaining("path=" + file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AGG_TRADES|ETHUSDT-aggTrades-x.csv|1,2,3,4,5,6|columns=6 expected=7|8",
                "TRADES|ETHUSDT-trades-x.csv|1,2,3,4,5,6,True,True|columns=8 expected=6|7",
                "KLINES|ETHUSDT-1m-x.csv|1,2,3,4,5,6,7|columns=7 expected=6|12",
                "KLINES|ETHUSDT-1m-x.csv|1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9|columns=17 expected=6|12"
            })
    void wrongColumnsInTheFirstRowMeanAWrongFile(
            DumpKind kind, String name, String row, String start, String rest) {
        fails(kind, dumps.plain(name, "header", row))
                .hasMessageContaining(name + ":2 " + start + "|" + rest);
    }

    @Test
    void ofSeveralFilesInAZipTheOneNamedLikeItIsRead() {
        Path file = zip(DAY + ".zip", DAY + ".csv", "srv/export/" + DAY + ".csv");
        InspectedFiles found =
                ArchiveCatalog.inspectAll(DumpKind.AGG_TRADES, List.of(file), Set.of());
        assertThat(found.files()).extracting(ArchiveFile::firstId).containsExactly(0L);
        assertThat(found.warnings())
                .anyMatch(line -> line.contains("[srv/export/" + DAY + ".csv] were not"));
        fails(DumpKind.AGG_TRADES, zip(DAY + ".zip", "a/1.csv", "b/2.csv"))
                .hasMessageContaining("entries=[a/1.csv, b/2.csv]. Unpack the one wanted");
        fails(DumpKind.AGG_TRADES, zip(DAY + ".zip"))
                .hasMessageContaining("Zip holds no file: path=" + folder);
    }

    @Test
    void zipOfAnotherSymbolOrKindIsAnError() {
        for (String entry : List.of("BTCUSDT-aggTrades-2025-06-01.csv", "ETHUSDT-1m-2025-06.csv")) {
            fails(DumpKind.AGG_TRADES, zip(DAY + ".zip", entry))
                    .hasMessageContaining("symbol=ETHUSDT kind=aggTrades entry=" + entry);
        }
    }

    /** Writes a zip whose n-th file holds a trade with the id n. */
    private Path zip(String name, String... entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int id = 0; id < entries.length; id++) {
                zip.putNextEntry(new ZipEntry(entries[id]));
                zip.write(aggTrade(id, DAY_US).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dumps.bytes(name, bytes.toByteArray());
    }

    @Test
    void quotedFieldsAreReadAndPandasIdsRefusedWithTheirReason() {
        String quoted = '"' + aggTrade(5, DAY_US).replace(",", "\",\"") + "\"\r";
        Path file = dumps.plain(DAY + ".csv", "\ufeff\"id\",\"price\"\r", quoted);
        ArchiveFile found = inspected(DumpKind.AGG_TRADES, file);
        assertThat(found.header()).isTrue();
        assertThat(found.firstId()).isEqualTo(5);
        fails(
                        DumpKind.AGG_TRADES,
                        dumps.plain(DAY + ".csv", "5.0" + aggTrade(5, DAY_US).substring(1)))
                .hasMessageContaining(DAY + ".csv:1, id is not a whole number: 5.0,100.5");
    }

    @Test
    void spotAndFuturesOfOneSymbolAreAnError() {
        dumps.plain("spot/daily/" + DAY + ".csv", aggTrade(5_000_000_000L, DAY_US));
        dumps.plain("futures/um/" + DAY + ".csv", aggTrade(1, DAY_US));
        fails(DumpKind.AGG_TRADES, folder)
                .hasMessageContaining("spot/daily/" + DAY)
                .hasMessageContaining("futures/um/" + DAY);
    }

    @Test
    void mixedUnitsOfTimeAreAnError() {
        Path file = dumps.plain(DAY + ".csv", aggTrade(1, DAY_US), aggTrade(2, DAY_US / 1_000 + 1));
        fails(DumpKind.AGG_TRADES, file)
                .hasMessageContaining("milliseconds and in microseconds are mixed")
                .hasMessageContaining(DAY + ".csv:2");
    }

    @Test
    void unknownSymbolIsAnErrorThatListsWhatIsThere() {
        dumps.plain("A-trades-2025-06.csv", trade(1, DAY_US));
        dumps.plain("B-trades-2025-06.csv", trade(1, DAY_US));
        fails(DumpKind.TRADES, folder, "B", "XRP").hasMessageContaining("asked=[XRP] found=[A, B]");
    }

    @Test
    void nameWithoutSymbolNeedsExactlyOneSymbol() {
        Path file = dumps.plain("mine.csv", trade(1, DAY_US));
        assertThat(inspected(DumpKind.TRADES, file, "ETHUSDT").symbol()).isEqualTo("ETHUSDT");
        fails(DumpKind.TRADES, file)
                .hasMessageContaining("File name contains no symbol: path=" + file);
        fails(DumpKind.TRADES, file, "A", "B").hasMessageContaining("asked=[A, B]");
    }

    @Test
    void inputsThatDoNotFitAreErrors() {
        Path trades = dumps.plain("A-trades-2025-06.csv", trade(1, DAY_US));
        fails(DumpKind.AGG_TRADES, trades).hasMessageContaining("found=trades wanted=aggTrades");
        fails(DumpKind.AGG_TRADES, folder)
                .hasMessageContaining("No file of this kind in folder: path=" + folder)
                .hasMessageContaining("expected=SYMBOL-aggTrades-YYYY-MM[-DD].zip|csv|csv.gz");
        fails(DumpKind.AGG_TRADES, folder.resolve("nowhere.zip"))
                .hasMessageContaining("Input not found");
        assertThatThrownBy(() -> ArchiveCatalog.inspect(DumpKind.TRADES, List.of(), Set.of()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("No input");
    }

    @Test
    void everyErrorIsOneLine() {
        Path zip = dumps.cut(dumps.zip(DAY + ".zip", aggTrade(5, DAY_US)), 0.5);
        fails(DumpKind.AGG_TRADES, zip)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void resultTravelsBySerialization() throws Exception {
        ArchiveFile file =
                inspected(DumpKind.TRADES, dumps.plain("A-trades-2025-06.csv", trade(1, DAY_US)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(file);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(file);
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> fails(
            DumpKind kind, Path input, String... symbols) {
        return assertThatThrownBy(
                        () -> ArchiveCatalog.inspect(kind, List.of(input), Set.of(symbols)))
                .isInstanceOf(ArchiveException.class);
    }
}

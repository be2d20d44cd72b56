package io.microstream.binance.archive;

import static io.microstream.binance.archive.DumpFiles.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {

    private static final long TIME = 1_748_736_000_000L;

    @TempDir Path folder;
    private DumpFiles dumps;

    @BeforeEach
    void createFiles() {
        dumps = new DumpFiles(folder);
    }

    @Test
    void twoSymbolsInOneFileAreTwoResults() {
        Path file =
                dumps.gzip(
                        "session.gz",
                        "1 " + combined("b@trade", trade("B", 7)),
                        "2 " + combined("a@trade", trade("A", 1)),
                        combined("b@bookTicker", ticker("B")),
                        "3 " + combined("b@trade", trade("B", 8)),
                        "",
                        "4 " + combined("a@trade", trade("A", 2)));
        List<ArchiveFile> files = capture(file);
        assertThat(files).extracting(ArchiveFile::symbol).containsExactly("A", "B");
        assertThat(files.get(0).symbolsInFile()).containsExactly("B", "A");
        assertThat(rows(files.get(0)))
                .containsExactly(
                        "2: 1 100000000 200000000 1-1 1748736000000000 true",
                        "6: 2 100000000 200000000 2-2 1748736000000000 true");
        assertThat(rows(files.get(1))).hasSize(2);
        assertThat(files.get(1).ignored()).isEqualTo(1);
        assertThat(files.get(1).firstId()).isEqualTo(7);
        assertThat(files.get(1).lastId()).isEqualTo(8);
    }

    @Test
    void aggregateTradesWinOverSingleOnes() {
        Path file =
                dumps.plain(
                        "raw.txt",
                        trade("A", 100),
                        aggTrade("A", 1),
                        trade("A", 101),
                        trade("B", 5));
        List<ArchiveFile> files = capture(file);
        assertThat(files).extracting(ArchiveFile::aggregated).containsExactly(true, false);
        assertThat(files).extracting(ArchiveFile::rows).containsExactly(1L, 1L);
        assertThat(files).extracting(ArchiveFile::ignored).containsExactly(2L, 0L);
        assertThat(rows(files.get(0)))
                .containsExactly("2: 1 100000000 200000000 10-12 1748736000000000 false");
    }

    @Test
    void everyLineIsCountedOnceAndNoMalformedOneIsLost() {
        Path file =
                dumps.plain(
                        "anything",
                        "1 " + trade("A", 1),
                        "2 " + trade("B", 1),
                        "3 garbage",
                        "4 " + combined("b@trade", "{\"e\":\"trade\",\"p\":1e5}"),
                        "5 {\"stream\":\"b@trade\",\"data\":{\"e\":\"tr",
                        "6 {\"stream\":\"zzz@trade\",\"data\":{\"e\":\"tr",
                        "7 {\"result\":null,\"id\":1}",
                        "8 " + combined("c@bookTicker", ticker("C")));
        List<ArchiveFile> files = capture(file);
        ArchiveFile a = files.get(0);
        ArchiveFile b = files.get(1);
        assertThat(a.malformed()).isEqualTo(2);
        assertThat(a.ignored()).isEqualTo(2);
        assertThat(b.malformed()).isEqualTo(2);
        assertThat(a.rows() + a.malformed() + a.ignored() + b.rows() + b.malformed() + b.ignored())
                .isEqualTo(8);
        assertThat(rows(a).subList(1, 3))
                .containsExactly(
                        "3: not a JSON object: 3 garbage",
                        "6: JSON ends inside a string: 6 {\"stream\":\"zzz@trade\",\"data\":{\"e\":\"tr");
        assertThat(rows(b)).extracting(r -> r.substring(0, 2)).containsExactly("2:", "4:", "5:");
    }

    @Test
    void symbolNotAskedForCountsAsIgnored() {
        Path file = dumps.plain("c.jsonl", trade("A", 1), trade("B", 1), trade("B", 2), "x");
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.CAPTURE, List.of(file), Set.of("B"));
        assertThat(files).hasSize(1);
        assertThat(files.get(0).rows()).isEqualTo(2);
        assertThat(files.get(0).ignored()).isEqualTo(1);
        assertThat(files.get(0).malformed()).isEqualTo(1);
        assertThat(rows(files.get(0))).hasSize(3);
        assertThatThrownBy(
                        () -> ArchiveCatalog.inspect(DumpKind.CAPTURE, List.of(file), Set.of("C")))
                .hasMessageContaining("asked=[C] found=[A, B]");
    }

    @Test
    void outOfOrderTradesAreSorted() {
        Path file = dumps.plain("c.txt", trade("A", 3), trade("A", 1), trade("A", 2));
        ArchiveFile found = capture(file).get(0);
        assertThat(found.sorted()).isFalse();
        assertThat(rows(found))
                .extracting(r -> r.substring(0, 4))
                .containsExactly("2: 1", "3: 2", "1: 3");
    }

    @Test
    void singleAndAggregateTradesOfOneSymbolInTwoFilesAreRefused() {
        dumps.plain("one.txt", trade("A", 100));
        dumps.plain("two.txt", aggTrade("A", 1));
        assertThatThrownBy(() -> capture(folder))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("Single and aggregate trades are mixed: symbol=A");
    }

    @ParameterizedTest
    @ValueSource(doubles = {.2, .5, .9, .999})
    void linesBeforeACutAreReadAndTheCutIsARowThatCannotBeRead(double share) {
        String[] lines = new String[2_000];
        Random random = new Random(3);
        for (int id = 0; id < lines.length; id++) {
            lines[id] = random.nextLong() + " " + trade("A", id);
            lines[id] = lines[id].replace("-", "");
        }
        Path file = dumps.cut(dumps.gzip("c.jsonl.gz", lines), share);
        InspectedFiles found = ArchiveCatalog.inspectAll(DumpKind.CAPTURE, List.of(file), Set.of());
        ArchiveFile capture = found.files().get(0);
        List<String> rows = rows(capture);
        assertThat(capture.malformed()).isEqualTo(1);
        assertThat(rows).hasSize((int) capture.rows() + 1);
        assertThat(rows.get(rows.size() - 1))
                .startsWith(rows.size() + ": the file is cut off here, what followed is lost: ");
        assertThat(found.unreadable().line().orElseThrow())
                .startsWith("1 row could not be read, first " + file + ":" + rows.size() + ", ");
    }

    @Test
    void fileThatIsNoCaptureIsAnError() {
        Path file = dumps.plain("notes.txt", "hello", "world");
        assertThatThrownBy(() -> capture(file))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("Not a capture: path=" + file + " lines=2");
        Path tickers = dumps.plain("tickers.txt", ticker("A"));
        assertThatThrownBy(() -> capture(tickers)).hasMessageContaining("No trades in the files");
    }

    @Test
    void dumpsBesideCapturesAreNotTakenForThem() {
        dumps.gzip("A-trades-2025-06.csv.gz", "1,2");
        dumps.gzip("spot-a-20250601.gz", trade("A", 1));
        assertThat(capture(folder)).hasSize(1);
    }

    private static List<ArchiveFile> capture(Path input) {
        return ArchiveCatalog.inspect(DumpKind.CAPTURE, List.of(input), Set.of());
    }

    private static String combined(String stream, String data) {
        return "{\"stream\":\"" + stream + "\",\"data\":" + data + "}";
    }

    private static String trade(String symbol, long id) {
        return "{\"e\":\"trade\",\"E\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"1\",\"q\":\"2\",\"T\":%d,\"m\":true}"
                .formatted(TIME, symbol, id, TIME);
    }

    private static String aggTrade(String symbol, long id) {
        return ("{\"e\":\"aggTrade\",\"E\":%d,\"s\":\"%s\",\"a\":%d,\"p\":\"1\",\"q\":\"2\","
                        + "\"f\":10,\"l\":12,\"T\":%d,\"m\":false}")
                .formatted(TIME, symbol, id, TIME);
    }

    private static String ticker(String symbol) {
        return "{\"u\":1,\"s\":\"%s\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}"
                .formatted(symbol);
    }
}

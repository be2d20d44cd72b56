package io.microstream.binance.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.CheckedTrades;
import io.microstream.binance.archive.DumpKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradeFilesCursorTest {

    private static final Duration TOLERANCE = CheckedTrades.DEFAULT_TOLERANCE;

    private static final long T0_US = 1_767_225_600_000_000L;

    @TempDir private Path folder;

    private int written;

    @Test
    void filesThatFollowOneAnotherAreReadOneAfterTheOther() throws IOException {
        write(range(1, 50));
        write(range(50, 90));
        assertThat(ids()).isEqualTo(longs(range(1, 90)));
        assertResumesEverywhere();
    }

    @Test
    void overlappingFilesAreMergedById() throws IOException {
        write(range(1, 60));
        write(range(40, 100));
        List<Long> expected = longs(range(1, 100), range(40, 60));
        assertThat(ids()).isEqualTo(expected);
        assertResumesEverywhere();
    }

    @Test
    void aFileInsideAnotherIsMergedById() throws IOException {
        write(range(1, 100));
        write(range(20, 30));
        write(range(25, 28));
        assertThat(ids()).isEqualTo(longs(range(1, 100), range(20, 30), range(25, 28)));
        assertResumesEverywhere();
    }

    @Test
    void recordingsOfOneStreamWithGapsOfTheirOwnFillEachOther() throws IOException {
        write(range(1, 100).filter(id -> id % 3 != 0));
        write(range(1, 100).filter(id -> id % 3 == 0));
        write(range(50, 70));
        assertThat(ids()).isEqualTo(longs(range(1, 100), range(50, 70)));
        assertResumesEverywhere();
    }

    @Test
    void ofRowsThatContradictEachOtherThatOfTheFirstFileIsTheTrade() throws IOException {
        write(range(1, 5));
        writeLines(List.of(line(4).replace(",1.0,", ",2.0,"), line(5), line(6)));
        assertThat(all(open(0), 100)).contains("4 contradicted", "CONFLICT 4").doesNotContain("4");
        assertResumesEverywhere();
    }

    @Test
    void rowsThatCannotBeReadComeWhereTheyStandAndAreCounted() throws IOException {
        writeLines(lines(range(1, 20), 5));
        writeLines(lines(range(10, 30), 7));
        Files.write(folder.resolve("BTCUSDT-aggTrades-99.csv"), List.of(bad(1), bad(2), line(30)));
        List<String> rows = all(open(0), 100);
        assertThat(rows).filteredOn(row -> row.startsWith("MALFORMED")).hasSize(3 + 3 + 2);
        assertThat(rows).hasSize(19 + 20 + 8 + 1);
        assertThat(
                        rows.stream()
                                .filter(row -> !row.startsWith("MALFORMED"))
                                .map(TradeFilesCursorTest::id))
                .isEqualTo(longs(range(1, 31), range(10, 20)));
        assertResumesEverywhere();
    }

    @Test
    void anyFilesAreMergedAndResumedAnywhere() throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            clear();
            List<Long> expected = new ArrayList<>();
            int files = 1 + random.nextInt(5);
            for (int file = 0; file < files; file++) {
                int from = random.nextInt(60);
                long[] ids =
                        IntStream.range(from, from + 1 + random.nextInt(40))
                                .filter(id -> random.nextInt(4) > 0)
                                .asLongStream()
                                .toArray();
                if (random.nextInt(3) == 0 && ids.length > 4) {
                    long swap = ids[1];
                    ids[1] = ids[3];
                    ids[3] = swap;
                }
                if (ids.length == 0) {
                    ids = new long[] {from};
                }
                List<String> lines = new ArrayList<>();
                for (long id : ids) {
                    expected.add(id);
                    lines.add(line(id));
                    if (random.nextInt(9) == 0) {
                        lines.add(bad(id));
                    }
                }
                writeLines(lines);
            }
            expected.sort(Comparator.naturalOrder());
            assertThat(ids()).as("seed=%d", seed).isEqualTo(expected);
            assertResumesEverywhere();
        }
    }

    @Test
    void aBatchEndsAtItsTimeButHoldsAtLeastOneRow() throws IOException {
        write(range(1, 100));
        try (TradeFilesCursor cursor = open(0)) {
            assertThat(cursor.nextTimeUs()).isEqualTo(time(1));
            assertThat(cursor.read(time(10), 50).rows).isEqualTo(10);
            assertThat(cursor.nextTimeUs()).isEqualTo(time(11));
            assertThat(cursor.read(0, 50).rows).isEqualTo(1);
            assertThat(cursor.read(Long.MAX_VALUE, 50).rows).isEqualTo(50);
            FeedBatch last = cursor.read(Long.MAX_VALUE, 50);
            assertThat(last.rows).isEqualTo(38);
            assertThat(last.last).isTrue();
            assertThat(cursor.hasNext()).isFalse();
        }
    }

    @Test
    void beforeTheFirstReadableRowTheTimeIsUnknown() throws IOException {
        writeLines(List.of(bad(1), line(1), line(2)));
        try (TradeFilesCursor cursor = open(0)) {
            assertThat(cursor.nextTimeUs()).isNotPositive();
            assertThat(cursor.read(0, 50).rows).isEqualTo(1);
            assertThat(cursor.nextTimeUs()).isEqualTo(time(1));
        }
    }

    /** Whatever was consumed, the rest comes as if reading had never stopped. */
    private void assertResumesEverywhere() throws IOException {
        List<String> whole = all(open(0), 7);
        assertThat(all(open(0), 1024)).isEqualTo(whole);
        for (int consumed = 0; consumed <= whole.size(); consumed++) {
            assertThat(all(open(consumed), 1024))
                    .as("consumed=%d", consumed)
                    .isEqualTo(whole.subList(consumed, whole.size()));
        }
    }

    private List<Long> ids() throws IOException {
        return all(open(0), 1024).stream()
                .filter(row -> !row.startsWith("MALFORMED"))
                .map(TradeFilesCursorTest::id)
                .toList();
    }

    private static long id(String row) {
        return Long.parseLong(row.replace(" contradicted", ""));
    }

    private TradeFilesCursor open(long skip) {
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(folder), Set.of());
        long passedUs = -1;
        try (CheckedTrades rows = new CheckedTrades(files, 0, -1, TOLERANCE)) {
            for (long i = 0; i < skip; i++, rows.advance()) {
                passedUs = rows.isTrade() ? Math.max(passedUs, rows.timeUs()) : passedUs;
            }
        }
        return new TradeFilesCursor(files, skip, passedUs, TOLERANCE);
    }

    private static List<String> all(TradeFilesCursor opened, int maximum) {
        List<String> rows = new ArrayList<>();
        try (TradeFilesCursor cursor = opened) {
            while (cursor.hasNext()) {
                FeedBatch batch = cursor.read(Long.MAX_VALUE, maximum);
                int setAside = 0;
                for (int i = 0; i < batch.rows; i++) {
                    if (setAside < batch.setAside.size()
                            && batch.setAside.get(setAside).at() == i) {
                        FeedBatch.SetAside row = batch.setAside.get(setAside++);
                        rows.add(row.kind() + " " + row.number());
                    } else {
                        boolean contradicted = batch.contradicted.get(i);
                        rows.add(batch.ids[i] + (contradicted ? " contradicted" : ""));
                    }
                }
                assertThat(batch.last).isEqualTo(!cursor.hasNext());
            }
        }
        return rows;
    }

    private void write(IntStream ids) throws IOException {
        writeLines(lines(ids, Integer.MAX_VALUE));
    }

    private void writeLines(List<String> lines) throws IOException {
        String name = "BTCUSDT-aggTrades-%02d.csv".formatted(++written);
        Files.write(folder.resolve(name), lines);
    }

    private void clear() throws IOException {
        for (int i = 1; i <= written; i++) {
            Files.delete(folder.resolve("BTCUSDT-aggTrades-%02d.csv".formatted(i)));
        }
        written = 0;
    }

    /** Lines of trades with an unreadable one before each {@code badEvery}-th. */
    private static List<String> lines(IntStream ids, int badEvery) {
        List<String> lines = new ArrayList<>();
        ids.forEach(
                id -> {
                    if (id % badEvery == 0) {
                        lines.add(bad(id));
                    }
                    lines.add(line(id));
                });
        return lines;
    }

    private static String line(long id) {
        return id + ",100.0,1.0," + id + "," + id + "," + time(id) + ",True,True";
    }

    /** A row without a price. */
    private static String bad(long id) {
        return id + ",none,1.0," + id + "," + id + "," + time(id) + ",True,True";
    }

    private static long time(long id) {
        return T0_US + id * 1000;
    }

    private static IntStream range(int from, int to) {
        return IntStream.range(from, to);
    }

    private static List<Long> longs(IntStream... ranges) {
        List<Long> all = new ArrayList<>();
        for (IntStream range : ranges) {
            range.forEach(id -> all.add((long) id));
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }
}

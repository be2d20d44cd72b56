package io.microstream.binance.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.market.Bar;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlineReaderTest {

    private static final long DAY_MS = DumpFiles.DAY_US / 1_000;
    private static final long MINUTE = 60_000;

    @TempDir Path folder;
    private DumpFiles dumps;
    private final List<String> malformed = new ArrayList<>();

    @BeforeEach
    void createFiles() {
        dumps = new DumpFiles(folder);
    }

    @Test
    void sixColumnsLeaveTheRestUnknown() {
        dumps.plain("A-1m-2025-06-01.csv", DAY_MS * 1_000 + ",2.00000000,4.0,1,3,10000000000000.5");
        assertThat(read(0, Long.MAX_VALUE))
                .containsExactly(
                        new Bar(
                                "A",
                                DAY_MS,
                                eight("2"),
                                eight("4"),
                                eight("1"),
                                eight("3"),
                                eight("10000000000000.5"),
                                null,
                                null,
                                null,
                                -1,
                                -1,
                                -1,
                                true,
                                true,
                                0));
    }

    @Test
    void twelveColumnsGiveEverythingButTradeIds() {
        dumps.zip(
                "A-1m-2025-06-01.zip",
                "open_time,open,high,low,close,volume,close_time,quote_volume,count,tb,tbq,ignore",
                DAY_MS + ",2,4,1,3,5,1748736059999,371233.51835535,493,19.59823,8,0");
        assertThat(read(0, Long.MAX_VALUE))
                .containsExactly(
                        new Bar(
                                "A",
                                DAY_MS,
                                eight("2"),
                                eight("4"),
                                eight("1"),
                                eight("3"),
                                eight("5"),
                                eight("371233.51835535"),
                                eight("19.59823"),
                                eight("8"),
                                493,
                                -1,
                                -1,
                                true,
                                true,
                                0));
    }

    @Test
    void ofMinutesThatFilesStateOtherwiseTheFirstStaysAndIsIncomplete() {
        String[] rows = new String[20];
        for (int minute = 0; minute < rows.length; minute++) {
            rows[minute] = (DAY_MS + minute * 60_000L) + ",2,4,1,3,5";
        }
        dumps.plain("A-1m-2025-06-01.csv", rows);
        String[] others = rows.clone();
        others[7] = others[7].replace(",5", ",6");
        dumps.plain("A-1m-2025-06.csv", others);
        List<Bar> bars = read(0, Long.MAX_VALUE);
        assertThat(bars).hasSize(20);
        assertThat(bars.get(7).complete()).isFalse();
        assertThat(bars.stream().filter(bar -> !bar.complete())).hasSize(1);
        assertThat(malformed).singleElement().asString().contains(":8", "other values");
    }

    @Test
    void overlappingUnsortedAndDoubledFilesComeOutInOrder() {
        dumps.plain("A-1m-2025-06.csv", kline(3, 1), kline(0, 1), kline(3, 9), kline(1, 1));
        dumps.plain("A-1m-2025-06-01.csv", kline(1, 2), kline(2, 2), kline(3, 2), kline(4, 2));
        dumps.plain("A-1m-2025-07.csv", kline(50_000, 3));
        dumps.plain("B-1m-2025-06.csv", kline(0, 7));
        assertThat(read(0, Long.MAX_VALUE))
                .extracting(b -> (b.openTimeMs() - DAY_MS) / MINUTE + ":" + b.close().intValue())
                .containsExactly("0:1", "1:1", "2:2", "3:1", "4:2", "50000:3");
    }

    @Test
    void rangeOpensOnlyTheFilesItNeeds() {
        dumps.plain("A-1m-2025-05.csv", "not even a kline");
        dumps.plain("A-1m-2025-06.csv", kline(0, 1), kline(1, 1), kline(2, 1), kline(3, 1));
        dumps.plain("A-1m-2025-07.csv", "nor this");
        assertThat(read(DAY_MS + MINUTE, DAY_MS + 3 * MINUTE))
                .extracting(b -> (b.openTimeMs() - DAY_MS) / MINUTE)
                .containsExactly(1L, 2L);
    }

    @Test
    void inspectedFilesOutsideTheRangeAreNotOpened() throws Exception {
        dumps.plain("A-1m-x.csv", kline(0, 1));
        Path later = dumps.plain("A-1m-y.csv", kline(9, 1));
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.KLINES, List.of(folder), Set.of("A"));
        assertThat(files).extracting(ArchiveFile::firstId).containsExactly(-1L, -1L);
        Files.delete(later);
        try (KlineReader reader = KlineReader.open(files, DAY_MS, DAY_MS + MINUTE, this::note)) {
            assertThat(reader.next().openTimeMs()).isEqualTo(DAY_MS);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1748736060001,2,4,1,3,5|open time is not the start of a minute between the years 2000 and 2100",
                "1748736060,2,4,1,3,5|open time is not the start of a minute between the years 2000 and 2100",
                "1748736060000,2,4,1,3|wrong number of columns",
                "1748736060000,2,4,1,x,5|price is not a decimal above zero",
                "1748736060000,0,4,0,3,5|price is not a decimal above zero",
                "1748736060000,2,2.5,1,3,5|open or close lies outside low and high",
                "1748736060000,2,4,2.5,3,5|open or close lies outside low and high",
                "1748736060000,2,4,1,3,-5|volume or trade count is not a plain number"
            })
    void malformedRowsAreReportedAndTheirNeighboursRead(String row, String reason) {
        Path file = dumps.plain("A-1m-2025-06.csv", kline(0, 1), row, kline(2, 1));
        assertThat(read(0, Long.MAX_VALUE)).hasSize(2);
        assertThat(malformed).containsExactly(file.toAbsolutePath() + ":2 " + reason + " " + row);
    }

    @Test
    void badNumbersOfTwelveColumnsAreMalformed() {
        String good = DAY_MS + ",2,4,1,3,5,1748736059999,3,493,1,8,0";
        Path file =
                dumps.plain(
                        "A-1m-2025-06.csv",
                        good,
                        good.replace("493", "4.93"),
                        good.replace("1748736059999", ""));
        ArchiveFile found = DumpFiles.inspected(DumpKind.KLINES, file);
        assertThat(found.rows()).isEqualTo(1);
        assertThat(found.malformed()).isEqualTo(2);
    }

    @Test
    void mixedUnitsOfTimeAreAnError() {
        dumps.plain("A-1m-2025-06.csv", kline(0, 1), (DAY_MS + MINUTE) * 1_000 + ",2,4,1,3,5");
        assertThatThrownBy(() -> read(0, Long.MAX_VALUE))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("are mixed");
    }

    @Test
    void filesOfTwoSymbolsAreRefused() {
        dumps.plain("A-1m-2025-06.csv", kline(0, 1));
        dumps.plain("B-1m-2025-06.csv", kline(0, 1));
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.KLINES, List.of(folder), Set.of());
        assertThatThrownBy(() -> KlineReader.open(files, 0, 1, this::note))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not klines of one symbol");
    }

    private List<Bar> read(long fromMs, long toMs) {
        List<Bar> bars = new ArrayList<>();
        try (KlineReader reader =
                KlineReader.open(List.of(folder), "A", fromMs, toMs, this::note)) {
            reader.forEachRemaining(bars::add);
        }
        return bars;
    }

    private void note(String path, long line, String reason, String text) {
        malformed.add(path + ":" + line + " " + reason + " " + text);
    }

    private static String kline(int minute, int close) {
        return DAY_MS + minute * MINUTE + ",2,9,1," + close + ",5";
    }

    private static BigDecimal eight(String value) {
        return new BigDecimal(value).setScale(8);
    }
}

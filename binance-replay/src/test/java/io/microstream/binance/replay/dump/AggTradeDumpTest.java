package io.microstream.binance.replay.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.synthesis.KlineSynthesizer;
import io.microstream.binance.replay.synthesis.Klines;
import io.microstream.market.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggTradeDumpTest {

    private static final long LAST_OF_2024 = micros("2024-12-31T23:59:59.999999Z");
    private static final long FIRST_OF_2025 = micros("2025-01-01T00:00:00.000001Z");

    @TempDir Path folder;

    @Test
    void rowsAreAsBinanceWritesThem() throws IOException {
        try (AggTradeDump dump = new AggTradeDump(folder, "BTCUSDT", DumpFormat.DAILY.plain())) {
            dump.trade(
                    3800397495L,
                    8764821000000L,
                    8185000,
                    5723703861L,
                    5723703863L,
                    micros("2026-01-01T00:00:00.039409Z"),
                    true);
            dump.trade(
                    3800397496L,
                    1,
                    Long.MAX_VALUE,
                    5723703864L,
                    5723703864L,
                    micros("2026-01-01T00:00:00.272386Z"),
                    false);
            assertThat(dump.finish())
                    .containsExactly(folder.resolve("BTCUSDT-aggTrades-2026-01-01.csv"));
            assertThat(dump.written()).isEqualTo(2);
        }
        assertThat(folder.resolve("BTCUSDT-aggTrades-2026-01-01.csv"))
                .hasContent(
                        "3800397495,87648.21000000,0.08185000,5723703861,5723703863,1767225600039409,True,True\n"
                                + "3800397496,0.00000001,92233720368.54775807,5723703864,5723703864,1767225600272386,False,True\n");
        assertThat(files()).containsExactly("BTCUSDT-aggTrades-2026-01-01.csv");
    }

    @Test
    void monthsAreZipsWithChecksumsInMillisecondsBefore2025AndMicrosecondsAfter() throws Exception {
        writeTwo(DumpFormat.MONTHLY);
        assertThat(files())
                .containsExactly(
                        "ETHUSDT-aggTrades-2024-12.zip",
                        "ETHUSDT-aggTrades-2024-12.zip.CHECKSUM",
                        "ETHUSDT-aggTrades-2025-01.zip",
                        "ETHUSDT-aggTrades-2025-01.zip.CHECKSUM");
        assertThat(unzipped("ETHUSDT-aggTrades-2024-12"))
                .isEqualTo("1,1.00000000,2.00000000,1,1,1735689599999,False,True\n");
        assertThat(unzipped("ETHUSDT-aggTrades-2025-01"))
                .isEqualTo("2,1.00000000,2.00000000,2,2,1735689600000001,True,True\n");
        Path zip = folder.resolve("ETHUSDT-aggTrades-2024-12.zip");
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip));
        assertThat(folder.resolve("ETHUSDT-aggTrades-2024-12.zip.CHECKSUM"))
                .hasContent(HexFormat.of().formatHex(sum) + "  ETHUSDT-aggTrades-2024-12.zip\n");
    }

    @Test
    void theUnitOfTimesCanBeChosen() throws IOException {
        writeTwo(DumpFormat.DAILY.in(DumpTime.MICROSECONDS));
        assertThat(unzipped("ETHUSDT-aggTrades-2024-12-31")).contains(",1735689599999999,");
        writeTwo(DumpFormat.DAILY.in(DumpTime.MILLISECONDS));
        assertThat(unzipped("ETHUSDT-aggTrades-2025-01-01")).contains(",1735689600000,");
    }

    @Test
    void aTradeOfAnEarlierPeriodStaysInTheOpenFile() throws IOException {
        try (AggTradeDump dump = new AggTradeDump(folder, "ETHUSDT", DumpFormat.DAILY.plain())) {
            dump.trade(1, 1, 1, 1, 1, FIRST_OF_2025, false);
            dump.trade(2, 1, 1, 2, 2, LAST_OF_2024, false);
            dump.finish();
        }
        assertThat(files()).containsExactly("ETHUSDT-aggTrades-2025-01-01.csv");
        assertThat(folder.resolve("ETHUSDT-aggTrades-2025-01-01.csv"))
                .content()
                .endsWith("2,0.00000001,0.00000001,2,2,1735689599999999,False,True\n");
    }

    @Test
    void equalTradesGiveEqualBytes() throws IOException {
        writeTwo(DumpFormat.MONTHLY);
        byte[] first = Files.readAllBytes(folder.resolve("ETHUSDT-aggTrades-2025-01.zip"));
        writeTwo(DumpFormat.MONTHLY);
        assertThat(folder.resolve("ETHUSDT-aggTrades-2025-01.zip")).hasBinaryContent(first);
        try (ZipFile zip = new ZipFile(folder.resolve("ETHUSDT-aggTrades-2025-01.zip").toFile())) {
            ZipEntry entry = zip.getEntry("ETHUSDT-aggTrades-2025-01.csv");
            assertThat(entry.getTimeLocal()).hasToString("2025-02-01T00:00");
            assertThat(zip.size()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsLeftOfAFileThatWasNotFinished() throws IOException {
        try (AggTradeDump dump = new AggTradeDump(folder, "ETHUSDT", DumpFormat.DAILY)) {
            dump.trade(1, 1, 1, 1, 1, LAST_OF_2024, false);
            assertThat(files()).containsExactly(".ETHUSDT-aggTrades-2024-12-31.zip.part");
            dump.trade(2, 1, 1, 2, 2, FIRST_OF_2025, false);
        }
        assertThat(files())
                .containsExactly(
                        "ETHUSDT-aggTrades-2024-12-31.zip",
                        "ETHUSDT-aggTrades-2024-12-31.zip.CHECKSUM");
    }

    @Test
    void aFinishedDumpTakesNoMoreRows() throws IOException {
        try (AggTradeDump dump = new AggTradeDump(folder, "ETHUSDT", DumpFormat.DAILY.plain())) {
            dump.trade(1, 1, 1, 1, 1, LAST_OF_2024, false);
            dump.finish();
            assertThatThrownBy(() -> dump.trade(2, 1, 1, 2, 2, LAST_OF_2024, false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The dump is finished: files=[");
        }
        assertThat(folder.resolve("ETHUSDT-aggTrades-2024-12-31.csv"))
                .hasContent("1,0.00000001,0.00000001,1,1,1735689599999,False,True\n");
    }

    @Test
    void aDumpWithoutTradesLeavesNoFile() throws IOException {
        try (AggTradeDump dump = new AggTradeDump(folder, "ETHUSDT", DumpFormat.DAILY)) {
            assertThat(dump.finish()).isEmpty();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void synthesizedTradesWithinADayBorderGoToTheirDays() throws IOException {
        List<Bar> klines = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long openTime = Instant.parse("2024-12-31T23:58:00Z").toEpochMilli() + 60_000L * i;
            klines.add(
                    Klines.kline("ETHUSDT", openTime, "10", "11", "9", "10.5", "100.25", null, -1));
        }
        try (AggTradeDump dump = new AggTradeDump(folder, "ETHUSDT", DumpFormat.DAILY)) {
            new KlineSynthesizer("ETHUSDT", 1, 5000).synthesize(klines.iterator(), dump);
            assertThat(dump.finish()).hasSize(2);
        }
        long[] old = times("ETHUSDT-aggTrades-2024-12-31");
        long[] young = times("ETHUSDT-aggTrades-2025-01-01");
        assertThat(old).hasSizeBetween(9_900, 10_000).isSorted();
        assertThat(young).hasSizeBetween(9_900, 10_000).isSorted();
        assertThat(old[old.length - 1]).isBetween(1735689599900L, 1735689599999L);
        assertThat(young[0]).isBetween(1735689600000000L, 1735689600100000L);
    }

    private void writeTwo(DumpFormat format) throws IOException {
        try (AggTradeDump dump = new AggTradeDump(folder, "ETHUSDT", format)) {
            dump.trade(1, 100_000_000, 200_000_000, 1, 1, LAST_OF_2024, false);
            dump.trade(2, 100_000_000, 200_000_000, 2, 2, FIRST_OF_2025, true);
            dump.finish();
        }
    }

    private long[] times(String name) throws IOException {
        return unzipped(name)
                .lines()
                .mapToLong(line -> Long.parseLong(line.split(",")[5]))
                .toArray();
    }

    private String unzipped(String name) throws IOException {
        try (ZipFile zip = new ZipFile(folder.resolve(name + ".zip").toFile())) {
            byte[] all = zip.getInputStream(zip.getEntry(name + ".csv")).readAllBytes();
            return new String(all, UTF_8);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static long micros(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }
}

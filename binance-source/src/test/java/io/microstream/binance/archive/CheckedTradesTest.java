package io.microstream.binance.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedTradesTest {

    private static final long DAY_US = 1_704_067_200_000_000L;
    private static final long SECOND_US = 1_000_000;
    private static final int ROWS = 700;

    @TempDir Path folder;

    @Test
    void oneWildTimeAnywhereIsTheOnlyOutlier() throws IOException {
        long[] offsets = {5, 60, 3600, 86_400, 86_400 * 60, 86_400 * 400};
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int at = seed < 10 ? seed / 2 : random.nextInt(ROWS);
            at = seed % 7 == 6 ? ROWS - 1 : at;
            long offset = offsets[random.nextInt(offsets.length)] * (random.nextBoolean() ? 1 : -1);
            long[] times = times(random);
            times[at] += offset * SECOND_US;
            boolean inOrder =
                    (at == 0 || times[at] >= times[at - 1] - SECOND_US)
                            && (at == ROWS - 1 || times[at] <= times[at + 1] + SECOND_US);
            boolean apart = inOrder && Math.abs(offset) >= 3600;
            List<String> expected = inOrder && !apart ? List.of() : List.of("TIME_OUTLIER " + at);
            assertThat(setAside(write("BTCUSDT-aggTrades.csv", times)))
                    .as("seed=%d at=%d offset=%d s", seed, at, offset)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aRunOfWildTimesIsSetAsideWhole() throws IOException {
        for (int length : new int[] {2, 17, 100}) {
            for (int from : new int[] {0, 300, ROWS - length - 150}) {
                long[] times = times(new Random(length));
                IntStream.range(from, from + length).forEach(i -> times[i] += 3600 * SECOND_US);
                assertThat(setAside(write("BTCUSDT-aggTrades.csv", times)))
                        .as("length=%d from=%d", length, from)
                        .hasSize(length)
                        .startsWith("TIME_OUTLIER " + from);
            }
        }
    }

    @Test
    void anOutageOfHoursIsNoOutlier() throws IOException {
        long[] times = times(new Random(1));
        IntStream.range(ROWS - 3, ROWS).forEach(i -> times[i] += 4 * 3600 * SECOND_US);
        assertThat(setAside(write("BTCUSDT-aggTrades.csv", times))).isEmpty();
        long[] sparse =
                IntStream.range(0, 40).mapToLong(i -> DAY_US + i * 7200 * SECOND_US).toArray();
        assertThat(setAside(write("BTCUSDT-aggTrades.csv", sparse))).isEmpty();
    }

    @Test
    void aTimeOutsideTheDayThatTheFileIsNamedAfterIsAnOutlier() throws IOException {
        long[] times = times(new Random(2));
        times[ROWS - 1] = DAY_US + 86_400 * SECOND_US + 2 * SECOND_US;
        assertThat(setAside(write("BTCUSDT-aggTrades-2024-01-01.csv", times)))
                .containsExactly("TIME_OUTLIER " + (ROWS - 1));
        times[ROWS - 1] = DAY_US + 86_400 * SECOND_US - 1;
        assertThat(setAside(write("BTCUSDT-aggTrades-2024-01-01.csv", times)))
                .as("apart from all others")
                .containsExactly("TIME_OUTLIER " + (ROWS - 1));
    }

    @Test
    void reasonsNameFileLineAndText() throws IOException {
        long[] times = times(new Random(3));
        times[5] += 3600 * SECOND_US;
        try (CheckedTrades rows = open(write("BTCUSDT-aggTrades.csv", times))) {
            IntStream.range(0, 5).forEach(i -> rows.advance());
            assertThat(rows.reason())
                    .startsWith("BTCUSDT-aggTrades.csv:6: time 2024-01-01T01:00:")
                    .endsWith(": 5,100.00000000,1.00000000,5,5," + times[5] + ",true");
            assertThat(rows.usedId()).isEqualTo(5);
        }
    }

    @Test
    void ofTwoRowsWithOneIdTheOneWithThePlausibleTimeIsTheTrade() throws IOException {
        long[] times = times(new Random(4));
        write("BTCUSDT-aggTrades-b.csv", times);
        times[5] += 3600 * SECOND_US;
        write("BTCUSDT-aggTrades-a.csv", times);
        assertThat(setAside(folder)).containsExactly("TIME_OUTLIER 5");
        try (CheckedTrades rows = open(folder)) {
            while (rows.isTrade()) {
                rows.advance();
            }
            assertThat(rows.usedId()).as("a trade has the same id").isEqualTo(-1);
        }
    }

    /** Trades every one to two seconds. */
    private static long[] times(Random random) {
        long[] times = new long[ROWS];
        long time = DAY_US + 3 * SECOND_US;
        for (int i = 0; i < ROWS; i++) {
            times[i] = time;
            time += SECOND_US + random.nextInt((int) SECOND_US);
        }
        return times;
    }

    private Path write(String name, long[] times) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int id = 0; id < times.length; id++) {
            lines.add("%d,100.0,1.0,%d,%d,%d,True,True".formatted(id, id, id, times[id]));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private static List<String> setAside(Path path) {
        List<String> found = new ArrayList<>();
        try (CheckedTrades rows = open(path)) {
            for (; rows.hasRow(); rows.advance()) {
                if (!rows.isTrade()) {
                    found.add(rows.verdict() + " " + rows.id());
                }
            }
        }
        return found;
    }

    private static CheckedTrades open(Path path) {
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.AGG_TRADES, List.of(path), Set.of("BTCUSDT"));
        return new CheckedTrades(files, 0, -1, Duration.ofSeconds(1));
    }
}

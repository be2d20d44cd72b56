package io.microstream.binance.archive;

import static io.microstream.binance.archive.DumpFiles.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Bar;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The real files beside the project; skipped where they are not. */
class RecordedDataTest {

    /** 2024-08-08T23:55:00Z; the captures end in the first second of the next day. */
    private static final long FIRST_FULL_MINUTE = 1_723_161_300_000L;

    private static final long END_OF_FULL_MINUTES = FIRST_FULL_MINUTE + 5 * Bar.MINUTE_MS;

    @Test
    void ltcTradesHaveTheirKnownGaps() {
        ArchiveFile file = only(DumpKind.TRADES, shared("trades"));
        assertThat(file.rows()).isEqualTo(53_325);
        assertThat(file.malformed()).isZero();
        assertThat(file.microseconds()).isTrue();
        assertThat(file.sorted()).isTrue();
        assertThat(file.aggregated()).isFalse();
        int gaps = 0;
        long missing = 0;
        try (TradeCursor cursor = TradeCursor.open(file)) {
            assertThat(cursor.next()).isTrue();
            for (long last = cursor.id(); cursor.next(); last = cursor.id()) {
                gaps += cursor.id() > last + 1 ? 1 : 0;
                missing += cursor.id() - last - 1;
            }
            assertThat(cursor.position()).isEqualTo(53_325);
        }
        assertThat(gaps).isEqualTo(16);
        assertThat(missing).isEqualTo(168);
    }

    @Test
    void aggregateTradesOfADayStartAreUnbroken() {
        ArchiveFile file = only(DumpKind.AGG_TRADES, shared("aggtrades"));
        assertThat(file.symbol()).isEqualTo("BTCUSDT");
        assertThat(file.rows()).isEqualTo(2_000);
        assertThat(file.lastId() - file.firstId()).isEqualTo(1_999);
        assertThat(file.firstTimeUs()).isEqualTo(1_767_225_600_039_409L);
        assertThat(file.startsAtPeriodStart()).isTrue();
        assertThat(file.endsAtPeriodEnd()).isFalse();
    }

    @Test
    void bothCapturesGiveTheFiveFullMinutesOfTheKlines() {
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.CAPTURE, List.of(shared("captures")), Set.of());
        assertThat(files).extracting(ArchiveFile::symbol).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(files).extracting(ArchiveFile::rows).containsExactly(9_757L, 6_106L);
        assertThat(files).extracting(ArchiveFile::malformed).containsExactly(0L, 0L);
        assertThat(files).extracting(ArchiveFile::ignored).containsExactly(31_492L, 27_512L);
        for (ArchiveFile file : files) {
            assertThat(file.lastId() - file.firstId() + 1).isEqualTo(file.rows());
            assertThat(minutesOf(file)).isEqualTo(klinesOf(file.symbol())).hasSize(5);
        }
    }

    private static List<String> minutesOf(ArchiveFile file) {
        List<String> minutes = new ArrayList<>();
        try (TradeCursor cursor = TradeCursor.open(file)) {
            long open = 0;
            long high = 0;
            long low = 0;
            long close = 0;
            long volume = 0;
            long minute = -1;
            while (cursor.next()) {
                long now = Bar.minuteOf(cursor.timeUs());
                if (now != minute) {
                    if (minute >= FIRST_FULL_MINUTE && minute < END_OF_FULL_MINUTES) {
                        minutes.add(text(minute, open, high, low, close, volume));
                    }
                    minute = now;
                    open = cursor.price();
                    high = open;
                    low = open;
                    volume = 0;
                }
                close = cursor.price();
                high = Math.max(high, close);
                low = Math.min(low, close);
                volume += cursor.quantity();
            }
            assertThat(minute).isEqualTo(END_OF_FULL_MINUTES);
        }
        return minutes;
    }

    private static String text(long minute, long o, long h, long l, long c, long v) {
        StringBuilder text = new StringBuilder().append(minute);
        for (long units : new long[] {o, h, l, c, v}) {
            text.append(' ').append(BigDecimal.valueOf(units, 8));
        }
        return text.toString();
    }

    private static List<String> klinesOf(String symbol) {
        List<String> minutes = new ArrayList<>();
        try (KlineReader bars =
                KlineReader.open(
                        List.of(shared("klines")),
                        symbol,
                        FIRST_FULL_MINUTE,
                        END_OF_FULL_MINUTES,
                        (path, line, reason, text) -> minutes.add(reason))) {
            while (bars.hasNext()) {
                Bar b = bars.next();
                minutes.add(
                        b.openTimeMs()
                                + " "
                                + b.open()
                                + " "
                                + b.high()
                                + " "
                                + b.low()
                                + " "
                                + b.close()
                                + " "
                                + b.volume());
            }
        }
        return minutes;
    }

    @Test
    void nativeKlinesWithChecksumsAreThreeWholeDays() {
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(DumpKind.KLINES, List.of(shared("klines-native")), Set.of());
        assertThat(files).hasSize(3).allMatch(f -> f.rows() == 1_440 && f.malformed() == 0);
        assertThat(files).allMatch(f -> f.startsAtPeriodStart() && f.endsAtPeriodEnd());
        try (KlineReader reader =
                KlineReader.open(files, 0, Long.MAX_VALUE, RecordedDataTest::refuse)) {
            Bar first = reader.next();
            assertThat(first.openTimeMs()).isEqualTo(1_577_836_800_000L);
            assertThat(first.quoteVolume()).isEqualTo(new BigDecimal("371233.51835535"));
            assertThat(first.tradeCount()).isEqualTo(493);
            int count = 1;
            for (long next = first.openTimeMs() + 60_000; reader.hasNext(); next += 60_000) {
                assertThat(reader.next().openTimeMs()).isEqualTo(next);
                count++;
            }
            assertThat(count).isEqualTo(4_320);
        }
    }

    @Test
    void klinesOverTheChangeToMicrosecondsAreUnbroken() {
        Path klines = shared("klines");
        long from = 1_733_011_200_000L;
        long to = 1_738_368_000_000L;
        try (KlineReader reader =
                KlineReader.open(List.of(klines), "ETHUSDT", from, to, RecordedDataTest::refuse)) {
            long next = from;
            while (reader.hasNext()) {
                assertThat(reader.next().openTimeMs()).isEqualTo(next);
                next += 60_000;
            }
            assertThat(next).isEqualTo(to);
        }
    }

    private static void refuse(String path, long line, String reason, String text) {
        throw new AssertionError(path + ":" + line + " " + reason + " " + text);
    }

    private static ArchiveFile only(DumpKind kind, Path input) {
        List<ArchiveFile> files = ArchiveCatalog.inspect(kind, List.of(input), Set.of());
        assertThat(files).hasSize(1);
        return files.get(0);
    }
}

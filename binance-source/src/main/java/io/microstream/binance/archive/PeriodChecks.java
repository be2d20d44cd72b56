package io.microstream.binance.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Judges whether the files of one symbol hold the day or month that their names promise. */
final class PeriodChecks {

    /** A file of which more rows lie outside its period is of another one. */
    static final int MOST_OUTSIDE = 256;

    /** Trading may pause for as long at either border of the period. */
    static final long PAUSE_US = 3_600_000_000L;

    /** A pause at a border may be as many times as long as the longest between two trades. */
    static final int PAUSE_FACTOR = 2;

    /** How unlikely a pause at a border must be if trades are spread evenly over the period. */
    static final double UNLIKELY = 1e-6;

    private static final long MINUTE_US = 60_000_000;

    /** The exchange counts a symbol's ids from 0 or 1. */
    private static final int FIRST_ID = 1;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<FileFindings> files;
    private final List<String> warnings;

    /**
     * @param files of one symbol
     * @param warnings receives what may be true
     */
    PeriodChecks(List<FileFindings> files, List<String> warnings) {
        this.files = files;
        this.warnings = warnings;
    }

    /**
     * Judges each file that is named after a period.
     *
     * @throws ArchiveException if a file holds another period than its name says
     */
    void check() {
        for (FileFindings file : files) {
            if (file.name().periodFromUs() < 0) {
                continue;
            }
            checkOutside(file);
            if (file.rows().rows == 0) {
                warnings.add(
                        String.format(
                                Locale.ROOT,
                                "%s: the name promises %s, the file holds no row",
                                file.path(),
                                period(file)));
            } else {
                checkStart(file);
                checkEnd(file);
            }
        }
    }

    private void checkOutside(FileFindings file) {
        RowStatistics rows = file.rows();
        if (rows.outside > MOST_OUTSIDE || rows.outside * 2 > rows.rows) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "File holds another period than its name says: path=%s name=%s rows=%d outside=%d first=%s. Give the right file or name it after its content.",
                            file.path(),
                            period(file),
                            rows.rows,
                            rows.outside,
                            minute(rows.firstOutsideUs)));
        }
    }

    private void checkStart(FileFindings file) {
        long timeUs = file.rows().firstTimeUs;
        long key = file.rows().firstKey;
        long fromUs = file.name().periodFromUs();
        boolean listed = !file.isKlines() && key <= FIRST_ID;
        if (listed || !isLong(file, timeUs - fromUs)) {
            return;
        }
        for (FileFindings before = preceding(key); before != null; before = preceding(key)) {
            key = before.rows().firstKey;
            timeUs = Math.min(timeUs, before.rows().firstTimeUs);
            if (timeUs <= fromUs) {
                return;
            }
        }
        if (isLong(file, timeUs - fromUs)) {
            warn(file, "begins at " + minute(timeUs), timeUs - fromUs);
        }
    }

    private void checkEnd(FileFindings file) {
        long timeUs = file.rows().lastTimeUs;
        long key = file.rows().lastKey;
        long toUs = file.name().periodToUs();
        if (!isLong(file, restUs(file, timeUs))) {
            return;
        }
        for (FileFindings behind = following(key); behind != null; behind = following(key)) {
            key = behind.rows().lastKey;
            timeUs = Math.max(timeUs, behind.rows().lastTimeUs);
            if (timeUs >= toUs) {
                return;
            }
        }
        if (isLong(file, restUs(file, timeUs))) {
            warn(file, "ends at " + minute(timeUs), restUs(file, timeUs));
        }
    }

    private static long restUs(FileFindings file, long timeUs) {
        return file.name().periodToUs() - timeUs - (file.isKlines() ? MINUTE_US : 0);
    }

    /** Returns a file that holds the next key and goes on; null if there is none. */
    private FileFindings following(long key) {
        for (FileFindings file : files) {
            RowStatistics rows = file.rows();
            if (rows.rows > 0 && rows.firstKey <= key + 1 && rows.lastKey > key) {
                return file;
            }
        }
        return null;
    }

    private FileFindings preceding(long key) {
        for (FileFindings file : files) {
            RowStatistics rows = file.rows();
            if (rows.rows > 0 && rows.lastKey >= key - 1 && rows.firstKey < key) {
                return file;
            }
        }
        return null;
    }

    /**
     * Returns whether a pause at a border is too long to be one: of klines any, of trades one that
     * their number and the longest pause between them make implausible.
     */
    private static boolean isLong(FileFindings file, long pauseUs) {
        if (file.isKlines()) {
            return pauseUs >= MINUTE_US;
        }
        DumpName name = file.name();
        double share = (double) pauseUs / (name.periodToUs() - name.periodFromUs());
        return pauseUs > PAUSE_US
                && pauseUs > PAUSE_FACTOR * file.rows().longestPauseUs
                && file.rows().rows * Math.log1p(-Math.min(share, 1)) < Math.log(UNLIKELY);
    }

    private void warn(FileFindings file, String what, long pauseUs) {
        long minutes = pauseUs / MINUTE_US;
        String missing =
                file.isKlines()
                        ? String.format(
                                Locale.ROOT,
                                "%,d minute%s missing",
                                minutes,
                                minutes == 1 ? " is" : "s are")
                        : String.format(
                                Locale.ROOT,
                                "%d h %02d min without a trade",
                                minutes / 60,
                                minutes % 60);
        warnings.add(
                String.format(
                        Locale.ROOT,
                        "%s %s although its name promises %s (UTC): %s. Download it again unless the symbol was listed, delisted or halted then",
                        file.path(),
                        what,
                        period(file),
                        missing));
    }

    private static String period(FileFindings file) {
        String from = minute(file.name().periodFromUs());
        boolean month = file.name().periodToUs() - file.name().periodFromUs() > 86_400_000_000L;
        return from.substring(0, month ? 7 : 10);
    }

    private static String minute(long timeUs) {
        return MINUTE.format(Instant.ofEpochSecond(timeUs / 1_000_000));
    }
}

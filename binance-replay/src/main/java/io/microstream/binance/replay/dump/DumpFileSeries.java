package io.microstream.binance.replay.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of dump files, one open at a time: a time in a later period publishes the open file and
 * opens the next. A time in an earlier period stays in the open file.
 */
final class DumpFileSeries {

    private final Path folder;
    private final String prefix;
    private final DumpFormat format;
    private final CsvRows rows;
    private final List<Path> published = new ArrayList<>();
    private DumpFile file;
    private long endUs = Long.MIN_VALUE;
    private boolean finished;
    private long microsPerUnit;

    /**
     * @param prefix file name up to the period, {@code BTCUSDT-aggTrades-}
     */
    DumpFileSeries(Path folder, String prefix, DumpFormat format, CsvRows rows) {
        this.folder = folder;
        this.prefix = prefix;
        this.format = format;
        this.rows = rows;
    }

    /** Makes the file of a time the open one; returns the time in the unit of the open file. */
    long timeIn(long timeUs) throws IOException {
        if (timeUs >= endUs) {
            turnTo(timeUs);
        }
        return microsPerUnit == 1 ? timeUs : Math.floorDiv(timeUs, microsPerUnit);
    }

    private void turnTo(long timeUs) throws IOException {
        if (finished) {
            throw new IllegalStateException("The dump is finished: files=" + published);
        }
        publish();
        LocalDate start = format.period().startOf(Math.floorDiv(timeUs, 1000));
        LocalDate end = format.period().endOf(start);
        file = new DumpFile(folder, prefix + format.period().label(start), format.zipped(), end);
        rows.into(file.out());
        microsPerUnit = format.time().microsPerUnit(start);
        endUs = DumpPeriod.millis(end) * 1000;
    }

    /** Microseconds per unit of the open file. */
    long microsPerUnit() {
        return microsPerUnit;
    }

    /** Publishes the open file, if any, and takes no more rows; returns all files. */
    List<Path> finish() throws IOException {
        publish();
        finished = true;
        return List.copyOf(published);
    }

    private void publish() throws IOException {
        if (file != null) {
            rows.flush();
            published.add(file.publish());
            file = null;
            endUs = Long.MIN_VALUE;
        }
    }

    /** Throws the open file away, if any. */
    void discard() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}

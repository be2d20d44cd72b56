package io.microstream.binance.archive;

import io.microstream.market.Bar;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the bars of one kline file inside a time range in open-time order: streamed if the file is
 * sorted, else sorted in heap.
 */
final class KlineFileBars implements Closeable {

    private final ArchiveFile file;
    private final long fromUs;
    private final long toUs;
    private final MalformedRows malformed;
    private final KlineRows rows;
    private final DumpName name;
    private Iterator<Bar> sorted;
    private Bar head;

    KlineFileBars(ArchiveFile file, long fromUs, long toUs, MalformedRows malformed) {
        this.file = file;
        this.fromUs = fromUs;
        this.toUs = toUs;
        this.malformed = malformed;
        this.rows = new KlineRows(Path.of(file.path()), file.symbol());
        this.name = DumpName.of(Path.of(file.path()));
    }

    /** Returns the bar that {@link #advance} has found. */
    Bar head() {
        return head;
    }

    /** Passes the bar that {@link #advance} has found on as a row that is not used. */
    void refuse(String reason) {
        String text =
                head.openTimeMs()
                        + ","
                        + head.open()
                        + ","
                        + head.high()
                        + ","
                        + head.low()
                        + ","
                        + head.close()
                        + ","
                        + head.volume();
        malformed.accept(file.path(), file.sorted() ? rows.line() : 0, reason, text);
    }

    /** Moves to the next bar; returns false after the last one. */
    boolean advance() {
        if (file.sorted()) {
            head = read();
            return head != null;
        }
        if (sorted == null) {
            sorted = inOrder().iterator();
        }
        head = sorted.hasNext() ? sorted.next() : null;
        return head != null;
    }

    private List<Bar> inOrder() {
        List<Bar> bars = new ArrayList<>();
        for (Bar bar = read(); bar != null; bar = read()) {
            bars.add(bar);
        }
        bars.sort(Comparator.comparingLong(Bar::openTimeMs));
        return bars;
    }

    private Bar read() {
        while (rows.next()) {
            if (rows.malformedReason() != null) {
                malformed.accept(
                        file.path(), rows.line(), rows.malformedReason(), rows.malformedText());
            } else if (!name.mayHold(rows.openTimeUs(), 0)) {
                malformed.accept(
                        file.path(),
                        rows.line(),
                        "open time is outside the period that the file is named after",
                        rows.malformedText());
            } else if (rows.openTimeUs() >= fromUs && rows.openTimeUs() < toUs) {
                return rows.toBar();
            } else if (file.sorted() && rows.openTimeUs() >= toUs) {
                return null;
            }
        }
        return null;
    }

    @Override
    public void close() {
        rows.close();
    }
}

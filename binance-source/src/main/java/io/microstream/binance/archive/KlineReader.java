package io.microstream.binance.archive;

import io.microstream.market.Bar;
import java.io.Closeable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Reads one symbol's one-minute bars from kline dumps in open-time order, file after file: a file
 * is opened when its first bar is due and closed after its last. Files may overlap (days and months
 * of the same symbol); of bars with the same open time the first counts, that of the file that
 * starts earlier; one with other values is passed on as unreadable, and the bar is not complete.
 *
 * <p>Bars are final and complete, revision 0, trade ids −1; of files with six columns the
 * quantities beyond the volume are unknown (see {@link Bar}). Minutes that are missing in the files
 * are missing in the result. A file that is not in order is sorted in heap.
 *
 * <p>Not thread-safe. Errors of the files are {@link ArchiveException}s.
 */
public final class KlineReader implements Iterator<Bar>, Closeable {

    private final Deque<ArchiveFile> pending = new ArrayDeque<>();
    private final PriorityQueue<Numbered> open =
            new PriorityQueue<>(
                    Comparator.comparingLong(Numbered::openTimeMs)
                            .thenComparingInt(Numbered::number));
    private final long fromUs;
    private final long toUs;
    private final MalformedRows malformed;
    private int opened;
    private Bar next;

    private record Numbered(int number, KlineFileBars bars) {
        long openTimeMs() {
            return bars.head().openTimeMs();
        }
    }

    private KlineReader(List<ArchiveFile> files, long fromMs, long toMs, MalformedRows malformed) {
        this.fromUs = micros(fromMs);
        this.toUs = micros(toMs);
        this.malformed = malformed;
        files.stream()
                .filter(f -> f.rows() + f.malformed() > 0)
                .filter(f -> f.rows() == 0 || (f.firstTimeUs() < toUs && f.lastTimeUs() >= fromUs))
                .sorted(Comparator.comparingLong(ArchiveFile::firstTimeUs))
                .forEach(pending::add);
    }

    private static long micros(long ms) {
        long limit = Long.MAX_VALUE / 1_000;
        return Math.max(-limit, Math.min(limit, ms)) * 1_000;
    }

    /**
     * Opens inspected kline files of one symbol.
     *
     * @param fromMs first open time wanted, milliseconds since the epoch
     * @param toMs end of the range, exclusive; {@link Long#MAX_VALUE} for no end
     * @param malformed takes the rows that cannot be read, as they are met
     * @throws IllegalArgumentException if the files are not klines of one symbol
     */
    public static KlineReader open(
            List<ArchiveFile> files, long fromMs, long toMs, MalformedRows malformed) {
        for (ArchiveFile file : files) {
            String symbol = files.get(0).symbol();
            if (file.kind() != DumpKind.KLINES || !file.symbol().equals(symbol)) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "Not klines of one symbol: symbol=%s path=%s kind=%s symbol=%s",
                                symbol,
                                file.path(),
                                file.kind(),
                                file.symbol()));
            }
        }
        return new KlineReader(files, fromMs, toMs, malformed);
    }

    /**
     * Finds, inspects and opens the kline files of a symbol; files whose names lie outside the
     * range are not opened.
     *
     * @param inputs files, or folders to be searched with all that is below
     * @throws ArchiveException as {@link ArchiveCatalog#inspectAll} does
     */
    public static KlineReader open(
            Collection<Path> inputs,
            String symbol,
            long fromMs,
            long toMs,
            MalformedRows malformed) {
        List<ArchiveFile> files =
                ArchiveCatalog.inspectAll(
                                DumpKind.KLINES,
                                inputs,
                                Set.of(symbol),
                                micros(fromMs),
                                micros(toMs))
                        .files();
        return new KlineReader(files, fromMs, toMs, malformed);
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            openThoseWhoseTimeHasCome();
            Numbered head = open.poll();
            if (head == null) {
                return false;
            }
            Bar bar = head.bars().head();
            advance(head);
            next = isContradicted(bar) ? bar.asIncomplete() : bar;
        }
        return true;
    }

    /** Passes over further bars of the minute; returns true if one has other values. */
    private boolean isContradicted(Bar bar) {
        boolean contradicted = false;
        openThoseWhoseTimeHasCome();
        while (!open.isEmpty() && open.peek().openTimeMs() == bar.openTimeMs()) {
            Numbered other = open.poll();
            if (!sameValues(bar, other.bars().head())) {
                contradicted = true;
                other.bars().refuse("other values than the row of this minute that was read first");
            }
            advance(other);
            openThoseWhoseTimeHasCome();
        }
        return contradicted;
    }

    /** Compares what both state: rows of six columns know only prices and volume. */
    private static boolean sameValues(Bar one, Bar other) {
        return one.open().compareTo(other.open()) == 0
                && one.high().compareTo(other.high()) == 0
                && one.low().compareTo(other.low()) == 0
                && one.close().compareTo(other.close()) == 0
                && one.volume().compareTo(other.volume()) == 0
                && (one.tradeCount() < 0
                        || other.tradeCount() < 0
                        || one.tradeCount() == other.tradeCount())
                && same(one.quoteVolume(), other.quoteVolume())
                && same(one.takerBuyVolume(), other.takerBuyVolume());
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one == null || other == null || one.compareTo(other) == 0;
    }

    private void openThoseWhoseTimeHasCome() {
        while (!pending.isEmpty()
                && (open.isEmpty()
                        || pending.peek().firstTimeUs() <= open.peek().openTimeMs() * 1_000)) {
            advance(
                    new Numbered(
                            opened++, new KlineFileBars(pending.poll(), fromUs, toUs, malformed)));
        }
    }

    private void advance(Numbered file) {
        boolean more = false;
        try {
            more = file.bars().advance();
        } finally {
            if (!more) {
                file.bars().close();
            }
        }
        if (more) {
            open.add(file);
        }
    }

    @Override
    public Bar next() {
        if (!hasNext()) {
            throw new NoSuchElementException("No more bars");
        }
        Bar bar = next;
        next = null;
        return bar;
    }

    @Override
    public void close() {
        pending.clear();
        open.forEach(file -> file.bars().close());
        open.clear();
        next = null;
    }
}

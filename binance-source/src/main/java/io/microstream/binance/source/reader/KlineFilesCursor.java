package io.microstream.binance.source.reader;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.KlineReader;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** The klines of one symbol over all its files, in open-time order, each minute once. */
final class KlineFilesCursor implements SymbolCursor {

    private final KlineReader klines;
    private final Queue<FeedBatch.SetAside> malformed = new ArrayDeque<>();
    private Bar next;
    private long timeUs;

    KlineFilesCursor(List<ArchiveFile> files, long skip) {
        klines =
                KlineReader.open(
                        files,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        (path, line, reason, text) ->
                                malformed.add(
                                        new FeedBatch.SetAside(
                                                0,
                                                DataQuality.Kind.MALFORMED,
                                                line,
                                                -1,
                                                -1,
                                                -1,
                                                reason + ": " + text)));
        peek();
        for (long left = skip; left > 0 && hasNext(); left--) {
            if (malformed.poll() == null) {
                peek();
            }
        }
    }

    private void peek() {
        next = klines.hasNext() ? klines.next() : null;
        timeUs = next == null ? timeUs : next.openTimeMs() * 1000;
    }

    @Override
    public boolean hasNext() {
        return next != null || !malformed.isEmpty();
    }

    @Override
    public long nextTimeUs() {
        return timeUs;
    }

    @Override
    public FeedBatch read(long untilUs, int maximum) {
        FeedBatch batch = FeedBatch.ofKlines();
        do {
            FeedBatch.SetAside bad = malformed.poll();
            if (bad != null) {
                batch.setAside.add(bad.at(batch.rows));
            } else {
                batch.klines.add(next);
                peek();
            }
            batch.rows++;
        } while (hasNext() && batch.rows < maximum && timeUs <= untilUs);
        batch.last = !hasNext();
        return batch;
    }

    @Override
    public void close() {
        klines.close();
    }
}

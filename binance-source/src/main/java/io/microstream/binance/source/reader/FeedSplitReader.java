package io.microstream.binance.source.reader;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.source.split.SymbolSplit;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads the splits of one reader through their phases: first their files, then, by REST and stream,
 * what follows. While some splits are still in their files the live ones are driven in between.
 *
 * <p>Threads: everything but {@link #wakeUp} is called by the one fetcher thread.
 */
final class FeedSplitReader implements SplitReader<FeedBatch, SymbolSplit> {

    private final ArchiveSplitReader archive;
    private final Supplier<LiveReader> openLive;
    private final Consumer<String> followed;
    private volatile LiveReader live;

    /**
     * @param openLive called when the first split leaves its files
     * @param followed called with each symbol that is followed live
     */
    FeedSplitReader(
            ArchiveSplitReader.SymbolCursorFactory cursors,
            Pace pace,
            double speed,
            Supplier<LiveReader> openLive,
            Consumer<String> followed) {
        this.followed = followed;
        this.archive = new ArchiveSplitReader(cursors, pace, speed, this::follow);
        this.openLive = openLive;
    }

    private void follow(SymbolSplit split, long lastId, long lastTradeId, long lastTimeUs) {
        if (live == null) {
            live = openLive.get();
        }
        followed.accept(split.symbol());
        live.follow(split, lastId, lastTradeId, lastTimeUs, hasBeenLive(split));
    }

    /** True if the split comes back with trades that its files do not hold. */
    private static boolean hasBeenLive(SymbolSplit split) {
        return split.tradePosition().lastId()
                > split.files().stream().mapToLong(ArchiveFile::lastId).max().orElse(-1);
    }

    @Override
    public void handleSplitsChanges(SplitsChange<SymbolSplit> change) {
        archive.handleSplitsChanges(change);
    }

    @Override
    public RecordsWithSplitIds<FeedBatch> fetch() throws IOException {
        if (live == null) {
            return archive.fetch();
        }
        RecordsBySplits.Builder<FeedBatch> records = new RecordsBySplits.Builder<>();
        if (archive.isReading()) {
            live.drive(records);
            archive.fetchInto(records);
        } else {
            live.driveUntilOutput(records);
        }
        return records.build();
    }

    @Override
    public void wakeUp() {
        archive.wakeUp();
        LiveReader driven = live;
        if (driven != null) {
            driven.wakeUp();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            archive.close();
        } finally {
            if (live != null) {
                live.close();
            }
        }
    }
}

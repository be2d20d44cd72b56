package io.microstream.binance.replay.exchange.capture;

import io.microstream.binance.replay.exchange.book.BookLevels;
import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.binance.replay.exchange.book.DepthChange;
import io.microstream.binance.replay.exchange.book.TopOfBook;

/**
 * The order book of a recorded market: the snapshot that the recorder took, carried on by the
 * recorded changes as they are played.
 *
 * <p>Until the changes reach the snapshot, it is the snapshot. Levels beyond the snapshot's (1,000
 * a side, usually) are known only once they change. A change that is missing in the recording is
 * missing here: {@link #gaps} counts them.
 */
public final class RecordedBook implements BookView {

    private final BookLevels levels = new BookLevels(0);
    private final String stream;
    private long gaps;

    RecordedBook(String stream, byte[] snapshot) {
        this.stream = stream;
        levels.apply(RecordedJson.snapshot(snapshot));
    }

    /** Applies a frame that was just played; those of other streams change nothing. */
    public void played(RecordedFrame frame) {
        if (!frame.stream().equals(stream)) {
            return;
        }
        DepthChange change = RecordedJson.depth(frame.payload());
        if (change.lastUpdateId() > levels.lastUpdateId()) {
            gaps += change.firstUpdateId() > levels.lastUpdateId() + 1 ? 1 : 0;
            levels.apply(change);
        }
    }

    /** Returns how often recorded changes were missing so far. */
    public long gaps() {
        return gaps;
    }

    /** Returns the best level of both sides. */
    public TopOfBook top() {
        return levels.top();
    }

    @Override
    public long lastUpdateId() {
        return levels.lastUpdateId();
    }

    @Override
    public int levels(boolean bids, int limit, LevelVisitor visitor) {
        return levels.levels(bids, limit, visitor);
    }
}

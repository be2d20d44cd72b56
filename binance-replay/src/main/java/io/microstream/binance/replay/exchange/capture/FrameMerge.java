package io.microstream.binance.replay.exchange.capture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The frames of several recordings, merged by time; of equal times the earlier file's is first. */
final class FrameMerge implements Iterator<RecordedFrame>, AutoCloseable {

    private final List<RecordedLines> recordings = new ArrayList<>();
    private RecordedFrame next;

    FrameMerge(List<Path> files) {
        for (Path file : files) {
            recordings.add(new RecordedLines(file));
        }
        next = take();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RecordedFrame next() {
        if (next == null) {
            throw new NoSuchElementException("No more frames");
        }
        RecordedFrame frame = next;
        next = take();
        return frame;
    }

    @Override
    public void close() {
        next = null;
        recordings.forEach(RecordedLines::close);
    }

    private RecordedFrame take() {
        RecordedFrame frame = null;
        while (frame == null) {
            RecordedLines earliest = earliest();
            if (earliest == null) {
                return null;
            }
            frame = earliest.next().frame();
        }
        return frame;
    }

    private RecordedLines earliest() {
        RecordedLines earliest = null;
        for (RecordedLines lines : recordings) {
            if (lines.hasNext()
                    && (earliest == null || lines.peek().timeUs() < earliest.peek().timeUs())) {
                earliest = lines;
            }
        }
        return earliest;
    }
}

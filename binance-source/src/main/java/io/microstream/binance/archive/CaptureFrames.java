package io.microstream.binance.archive;

import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * Reads the frames of a capture, one a line: {@code <receive time> <JSON>} or the JSON alone. The
 * receive time (digits, dots and colons) is skipped. A capture that is cut off ends with a
 * malformed frame.
 */
final class CaptureFrames implements Closeable {

    final ByteLines lines;
    final FrameParser frame = new FrameParser();

    CaptureFrames(Path file) {
        lines = ByteLines.openRecording(file);
    }

    /** Moves to the next line that is not empty; returns false at the end of the file. */
    boolean next() {
        while (lines.next()) {
            if (lines.from < lines.to || lines.atCut) {
                frame.parse(lines.bytes, jsonStart(), lines.to);
                return true;
            }
        }
        return false;
    }

    private int jsonStart() {
        int at = lines.from;
        while (at < lines.to && isReceiveTime(lines.bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isReceiveTime(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == ':' || b == ' ' || b == '\t';
    }

    boolean malformed() {
        return lines.atCut || lines.tooLong || frame.type() == FrameType.MALFORMED;
    }

    String malformedReason() {
        if (lines.atCut) {
            return "the file is cut off here, what followed is lost";
        }
        return lines.tooLong ? "line is too long" : frame.reason();
    }

    String malformedText() {
        return TradeRow.startOf(lines.bytes, lines.from, lines.to);
    }

    @Override
    public void close() {
        lines.close();
    }
}

package io.microstream.binance.archive;

import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Reads the trades of one symbol from a capture, and the malformed frames counted with it. */
final class CaptureTradeRows implements TradeRows {

    private final CaptureFrames frames;
    private final String symbol;
    private final FrameType wanted;
    private final boolean takesUnattributed;
    private final Set<String> known;
    private final TradeRow row = new TradeRow();

    CaptureTradeRows(ArchiveFile file) {
        frames = new CaptureFrames(Path.of(file.path()));
        symbol = file.symbol();
        wanted = file.aggregated() ? FrameType.AGG_TRADE : FrameType.TRADE;
        takesUnattributed = file.takesUnattributed();
        known = new HashSet<>(file.symbolsInFile());
    }

    @Override
    public boolean next() {
        while (frames.next()) {
            FrameParser frame = frames.frame;
            if (frames.malformed() && isOurs(frame.symbol())) {
                row.line = frames.lines.line;
                row.malformed(frames.malformedReason(), frames.lines);
                row.clear();
                if (frame.intendedType() == wanted && symbol.equals(frame.symbol())) {
                    row.id = frame.id();
                }
                return true;
            }
            boolean noTrade = frame.type() == FrameType.NOT_A_TRADE && wanted == FrameType.TRADE;
            if ((frame.type() == wanted || noTrade)
                    && symbol.equals(frame.symbol())
                    && !frames.malformed()) {
                take(frame);
                row.noTradeReason = noTrade ? "X=" + frame.text() : null;
                return true;
            }
        }
        return false;
    }

    private boolean isOurs(String named) {
        return symbol.equals(named) || (takesUnattributed && !known.contains(named));
    }

    private void take(FrameParser frame) {
        row.readable();
        row.line = frames.lines.line;
        row.id = frame.id();
        row.price = frame.price();
        row.quantity = frame.quantity();
        row.firstTradeId = frame.firstId();
        row.lastTradeId = frame.lastId();
        row.timeUs = frame.timeUs();
        row.buyerIsMaker = frame.buyerIsMaker();
    }

    @Override
    public TradeRow row() {
        return row;
    }

    @Override
    public void close() {
        frames.close();
    }
}

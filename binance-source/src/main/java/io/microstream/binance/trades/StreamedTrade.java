package io.microstream.binance.trades;

import io.microstream.binance.wire.FrameParser;
import io.microstream.market.TradeView;

/** Shows the trade in the frame that was parsed last. */
final class StreamedTrade implements TradeView {

    /** When the frame came, milliseconds since the epoch. */
    long receivedAtMs;

    private final FrameParser frame;

    StreamedTrade(FrameParser frame) {
        this.frame = frame;
    }

    @Override
    public long id() {
        return frame.id();
    }

    @Override
    public long price() {
        return frame.price();
    }

    @Override
    public long quantity() {
        return frame.quantity();
    }

    @Override
    public long firstTradeId() {
        return frame.firstId();
    }

    @Override
    public long lastTradeId() {
        return frame.lastId();
    }

    @Override
    public long timeUs() {
        return frame.timeUs();
    }

    @Override
    public boolean buyerIsMaker() {
        return frame.buyerIsMaker();
    }

    @Override
    public long receivedAtMs() {
        return receivedAtMs;
    }
}

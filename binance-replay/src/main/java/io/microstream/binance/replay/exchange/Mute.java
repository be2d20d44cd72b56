package io.microstream.binance.replay.exchange;

/** Which type of stream is muted now, if any. */
final class Mute {

    private MutedType type;

    void begin(MutedType muted) {
        type = muted.over() ? null : muted;
    }

    boolean isOn() {
        return type != null;
    }

    boolean concerns(StreamFeed feed) {
        return type != null && type.mutes(feed.name);
    }

    /** A trade passed. */
    void pass(SymbolMarket market, long tradeId) {
        type.pass(market, tradeId);
        begin(type);
    }
}

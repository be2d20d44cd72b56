package io.microstream.binance.replay.exchange;

/** Streams of one type that are acknowledged and carry nothing, for a number of trades. */
final class MutedType {

    private final String type;
    private final Injection injection;
    private int left;

    MutedType(String type, int trades, Injection injection) {
        this.type = type;
        this.left = trades;
        this.injection = injection;
    }

    boolean over() {
        return left <= 0;
    }

    boolean mutes(StreamName name) {
        String other = name.type();
        return other.equals(type)
                || other.startsWith(type)
                        && (other.charAt(type.length()) == '@'
                                || other.charAt(type.length()) == '_');
    }

    /** A trade passed. */
    void pass(SymbolMarket market, long tradeId) {
        boolean aggregates = market.aggTrades().carried() && mutes(market.aggTrades().name);
        boolean singles = market.singleTrades().carried() && mutes(market.singleTrades().name);
        if (aggregates || singles) {
            injection.withhold(market.symbol(), tradeId);
        }
        left--;
    }
}

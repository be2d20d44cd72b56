package io.microstream.binance.wire;

/** The two grains in which Binance publishes trades. */
public enum TradeKind {
    /** Fills of one taker order at one price and time, joined; ids of their own. */
    AGG_TRADE("aggTrade", "/api/v3/aggTrades", 4, "/api/v3/aggTrades"),

    /**
     * Single trades. By id they come from {@code historicalTrades}, which the hosts for market data
     * only do not serve; the newest come from {@code trades}, which they do.
     */
    TRADE("trade", "/api/v3/historicalTrades", 25, "/api/v3/trades");

    private final String streamSuffix;
    private final String path;
    private final int weight;
    private final String newestPath;

    TradeKind(String streamSuffix, String path, int weight, String newestPath) {
        this.streamSuffix = streamSuffix;
        this.path = path;
        this.weight = weight;
        this.newestPath = newestPath;
    }

    /** What follows {@code @} in the name of a stream. */
    public String streamSuffix() {
        return streamSuffix;
    }

    /** Path of the request by id. */
    public String path() {
        return path;
    }

    /** Weight of a request, whatever its limit. */
    public int weight() {
        return weight;
    }

    public String newestPath() {
        return newestPath;
    }
}

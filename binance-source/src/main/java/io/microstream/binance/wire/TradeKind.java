package io.microstream.binance.wire;

/** Names the two forms in which Binance publishes trades. */
public enum TradeKind {
    /** The fills of one taker order at one price and time, aggregated; with ids of their own. */
    AGG_TRADE("aggTrade", "/api/v3/aggTrades", 4, "/api/v3/aggTrades"),

    /**
     * Single trades. {@code historicalTrades} serves them by id, but not on the hosts for market
     * data only; {@code trades} serves the newest on all hosts.
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

    /** Returns what follows {@code @} in the name of a stream. */
    public String streamSuffix() {
        return streamSuffix;
    }

    /** Returns the path of the request by id. */
    public String path() {
        return path;
    }

    /** Returns the weight of a request by id, whatever its limit. */
    public int weight() {
        return weight;
    }

    /** Returns the path of the request for the newest trades. */
    public String newestPath() {
        return newestPath;
    }
}

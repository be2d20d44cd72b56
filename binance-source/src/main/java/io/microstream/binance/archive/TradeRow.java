package io.microstream.binance.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Holds one row, reused from row to row: the numbers of a trade, or why it is malformed. */
final class TradeRow {

    static final int MAX_TEXT = 200;

    /** The reason of rows that break the file's unit of time. */
    static final String OTHER_TIME_UNIT = "time is in another unit than the rows before";

    /** Why the row is malformed; null if it can be read. */
    String malformedReason;

    /** Why the exchange declares the entry to be no trade; null of a trade. */
    String noTradeReason;

    long line;
    long id;
    long price;
    long quantity;
    long firstTradeId;
    long lastTradeId;
    long timeUs;
    boolean buyerIsMaker;

    private byte[] bytes;
    private int from;
    private int to;

    void readable() {
        malformedReason = null;
        noTradeReason = null;
    }

    /** Forgets the numbers of the row before; ids that are not read are −1. */
    void clear() {
        id = -1;
        price = -1;
        quantity = -1;
        firstTradeId = -1;
        lastTradeId = -1;
        timeUs = -1;
    }

    void malformed(String reason, ByteLines text) {
        malformedReason = reason;
        noTradeReason = null;
        bytes = text.bytes;
        from = text.from;
        to = text.to;
    }

    /** Returns the start of a malformed row's text; valid until the next row is read. */
    String malformedText() {
        return startOf(bytes, from, to);
    }

    static String startOf(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, Math.min(to - from, MAX_TEXT), UTF_8);
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    void copyFrom(TradeRow other) {
        malformedReason = other.malformedReason;
        noTradeReason = other.noTradeReason;
        line = other.line;
        id = other.id;
        price = other.price;
        quantity = other.quantity;
        firstTradeId = other.firstTradeId;
        lastTradeId = other.lastTradeId;
        timeUs = other.timeUs;
        buyerIsMaker = other.buyerIsMaker;
        bytes = other.bytes;
        from = other.from;
        to = other.to;
    }
}

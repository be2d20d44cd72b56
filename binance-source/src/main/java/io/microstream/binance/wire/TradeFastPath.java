package io.microstream.binance.wire;

import io.microstream.binance.wire.WordReader.Literal;

/**
 * Reads a trade from a frame of a combined stream that has exactly the keys, in exactly the order
 * and spelling, that Binance sends:
 *
 * <pre>
 * {"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1,"s":"BTCUSDT","a":1,"p":"1.00000000",
 *  "q":"1.00000000","f":1,"l":1,"T":1,"m":true,"M":true}}
 * {"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":"1.00000000",
 *  "q":"1.00000000","T":1,"m":true,"M":true}}
 * </pre>
 *
 * <p>Anything else is left to the general parser: whatever is read here, that one reads alike.
 */
final class TradeFastPath {

    private static final Literal STREAM_1 = Literal.of("{\"stream");
    private static final Literal STREAM_2 = Literal.of("\":\"");
    private static final Literal AGG_1 = Literal.of("@aggTrad");
    private static final Literal AGG_2 = Literal.of("e\",\"data");
    private static final Literal AGG_3 = Literal.of("\":{\"e\":\"");
    private static final Literal AGG_4 = Literal.of("aggTrade");
    private static final Literal AGG_5 = Literal.of("\",\"E\":");
    private static final Literal TRADE_1 = Literal.of("@trade\",");
    private static final Literal TRADE_2 = Literal.of("\"data\":{");
    private static final Literal TRADE_3 = Literal.of("\"e\":\"tra");
    private static final Literal TRADE_4 = Literal.of("de\",\"E\":");
    private static final Literal SYMBOL = Literal.of(",\"s\":\"");
    private static final Literal AGG_ID = Literal.of("\",\"a\":");
    private static final Literal TRADE_ID = Literal.of("\",\"t\":");
    private static final Literal PRICE = Literal.of(",\"p\":\"");
    private static final Literal QUANTITY = Literal.of("\",\"q\":\"");
    private static final Literal FIRST_ID = Literal.of("\",\"f\":");
    private static final Literal LAST_ID = Literal.of(",\"l\":");
    private static final Literal AGG_TIME = Literal.of(",\"T\":");
    private static final Literal TRADE_TIME = Literal.of("\",\"T\":");
    private static final Literal MAKER = Literal.of(",\"m\":");
    private static final Literal TRUE = Literal.of("true,\"M");
    private static final Literal FALSE = Literal.of("false,\"M");
    private static final Literal END = Literal.of("\":true}}");

    private final SymbolTable symbols;
    private final WordReader text = new WordReader();

    /** The type of frame that {@link #read} has found. */
    FrameType type;

    String symbol;
    long eventTimeUs;
    long id;
    long price;
    long quantity;
    long firstId;
    long lastId;
    long timeUs;
    boolean buyerIsMaker;

    TradeFastPath(SymbolTable symbols) {
        this.symbols = symbols;
    }

    /** Reads the frame in {@code [from, to)}; returns false if it is none of the two above. */
    boolean read(byte[] frame, int from, int to) {
        text.over(frame, from, to);
        return stream() && event() && symbol(frame) && idAndAmounts() && rest(to);
    }

    private boolean stream() {
        if (!text.skip(STREAM_1) || !text.skip(STREAM_2)) {
            return false;
        }
        while (true) {
            long word = text.word(0);
            int plain = Words.plain(word);
            int name = Words.before('@', word);
            if (name < plain) {
                text.at += name;
                return true;
            }
            if (plain < Words.BYTES) {
                return false;
            }
            text.at += Words.BYTES;
        }
    }

    private boolean event() {
        boolean aggregate = text.skip(AGG_1);
        type = aggregate ? FrameType.AGG_TRADE : FrameType.TRADE;
        boolean known =
                aggregate
                        ? text.skip(AGG_2)
                                && text.skip(AGG_3)
                                && text.skip(AGG_4)
                                && text.skip(AGG_5)
                        : text.skip(TRADE_1)
                                && text.skip(TRADE_2)
                                && text.skip(TRADE_3)
                                && text.skip(TRADE_4);
        if (!known) {
            return false;
        }
        eventTimeUs = BinanceTime.toMicros(text.natural());
        return eventTimeUs >= 0;
    }

    private boolean symbol(byte[] frame) {
        if (!text.skip(SYMBOL)) {
            return false;
        }
        int start = text.at;
        text.skipPlain();
        int length = text.at - start;
        if (length == 0 || length > FrameParser.MAX_SYMBOL_BYTES) {
            return false;
        }
        symbol = symbols.nameOf(frame, start, text.at);
        return true;
    }

    private boolean idAndAmounts() {
        if (!text.skip(type == FrameType.AGG_TRADE ? AGG_ID : TRADE_ID)) {
            return false;
        }
        id = text.natural();
        if (id < 0 || !text.skip(PRICE)) {
            return false;
        }
        price = text.decimal();
        if (price <= 0 || !text.skip(QUANTITY)) {
            return false;
        }
        quantity = text.decimal();
        return quantity > 0;
    }

    private boolean rest(int to) {
        firstId = id;
        lastId = id;
        if (type == FrameType.TRADE) {
            if (!text.skip(TRADE_TIME)) {
                return false;
            }
        } else {
            if (!text.skip(FIRST_ID)) {
                return false;
            }
            firstId = text.natural();
            if (firstId < 0 || !text.skip(LAST_ID)) {
                return false;
            }
            lastId = text.natural();
            if (lastId < firstId || !text.skip(AGG_TIME)) {
                return false;
            }
        }
        timeUs = BinanceTime.toMicros(text.natural());
        if (timeUs < 0 || !text.skip(MAKER)) {
            return false;
        }
        buyerIsMaker = text.skip(TRUE);
        return (buyerIsMaker || text.skip(FALSE)) && text.skip(END) && text.at == to;
    }
}

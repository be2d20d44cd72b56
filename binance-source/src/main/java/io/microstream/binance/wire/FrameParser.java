package io.microstream.binance.wire;

import static io.microstream.binance.wire.JsonFields.slot;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;

/**
 * Parses a frame of Binance's market streams, raw or in the envelope of combined streams. The
 * accessors return the fields of the frame parsed last. Trades and depth updates cost no
 * allocation, and no number passes through double.
 *
 * <p>The parser accepts what may change (unknown fields, key order, white space, escapes, numbers
 * as JSON numbers or as strings, milliseconds or microseconds) and is strict on the fields it uses:
 * one that is missing, null, in exponent form or out of range makes the frame {@link
 * FrameType#MALFORMED} with a {@link #reason}. So does a payload of another type than its stream
 * name. It never throws. Absent numbers are −1, absent texts null.
 *
 * <p>Trades in the exact form that Binance sends take {@link TradeFastPath}, levels {@link
 * Levels#readUsual}; everything else takes the general parser, which gives the same results.
 *
 * <p>Not thread-safe: one instance per thread. Source: Binance's web-socket-streams documentation.
 */
public final class FrameParser {

    static final int MAX_SYMBOL_BYTES = 64;

    private static final byte[] MARKET = "MARKET".getBytes(UTF_8);

    private final JsonScanner scanner = new JsonScanner();
    private final JsonFields outer = new JsonFields();
    private final JsonFields inner = new JsonFields();
    private final JsonFields nested = new JsonFields();
    private final SymbolTable symbols = new SymbolTable();
    private final TradeFastPath fast = new TradeFastPath(symbols);
    private final Levels bids = new Levels();
    private final Levels asks = new Levels();

    private FrameType type = FrameType.MALFORMED;
    private String reason;
    private String symbol;
    private FrameType intended = FrameType.MALFORMED;
    private long eventTimeUs;
    private long id;
    private long price;
    private long quantity;
    private long firstId;
    private long lastId;
    private long timeUs;
    private boolean buyerIsMaker;
    private long bidPrice;
    private long bidQuantity;
    private long askPrice;
    private long askQuantity;
    private KlineFrame kline;
    private long errorCode;
    private String text;

    /** Parses the frame in {@code [from, to)}; the bytes are not needed afterwards. */
    public FrameType parse(byte[] frame, int from, int to) {
        Objects.checkFromToIndex(from, to, frame.length);
        if (fast.read(frame, from, to)) {
            reset();
            takeTrade();
            return type;
        }
        return parseAnyForm(frame, from, to);
    }

    /** Parses the frame by the general parser alone. */
    FrameType parseAnyForm(byte[] frame, int from, int to) {
        reset();
        try {
            type = read(frame, from, to);
        } catch (MalformedFrameException e) {
            type = FrameType.MALFORMED;
            reason = e.getMessage();
            bids.clear();
            asks.clear();
            attribute();
        }
        return type;
    }

    private void takeTrade() {
        type = fast.type;
        intended = type;
        symbol = fast.symbol;
        eventTimeUs = fast.eventTimeUs;
        id = fast.id;
        price = fast.price;
        quantity = fast.quantity;
        firstId = fast.firstId;
        lastId = fast.lastId;
        timeUs = fast.timeUs;
        buyerIsMaker = fast.buyerIsMaker;
    }

    private void reset() {
        reason = null;
        intended = FrameType.MALFORMED;
        symbol = null;
        eventTimeUs = -1;
        id = -1;
        price = -1;
        quantity = -1;
        firstId = -1;
        lastId = -1;
        timeUs = -1;
        buyerIsMaker = false;
        bidPrice = -1;
        bidQuantity = -1;
        askPrice = -1;
        askQuantity = -1;
        kline = null;
        errorCode = -1;
        text = null;
        outer.clear();
        inner.clear();
        bids.clear();
        asks.clear();
    }

    private FrameType read(byte[] frame, int from, int to) {
        scanner.over(frame, from, to);
        byte first = scanner.peek();
        if (first == '[') {
            scanner.value(0);
            scanner.finish();
            return FrameType.UNKNOWN;
        }
        if (first != '{') {
            throw new MalformedFrameException("not a JSON object");
        }
        index(outer, true, 1);
        scanner.finish();
        boolean combined = outer.is(JsonFields.DATA, JsonScanner.OBJECT);
        JsonFields payload = combined ? inner : outer;
        FrameType found = typeOf(payload);
        checkStream(found);
        intended = found;
        return decode(found, payload) ? found : FrameType.NOT_A_TRADE;
    }

    /** Records where the object's values lie; those of the envelope's data go to {@link #inner}. */
    private void index(JsonFields into, boolean top, int depth) {
        into.clear();
        scanner.expect('{');
        if (scanner.consume('}')) {
            return;
        }
        do {
            scanner.key();
            int slot = JsonFields.slotOf(scanner);
            if (top && slot == JsonFields.DATA && scanner.peek() == '{') {
                index(inner, false, depth + 1);
                scanner.kind = JsonScanner.OBJECT;
            } else if (!levels(into, slot)) {
                scanner.value(depth);
            }
            if (slot >= 0) {
                into.put(slot, scanner);
            }
        } while (scanner.more('}'));
    }

    /** Reads the value that comes next if it is a side of the book in its usual form. */
    private boolean levels(JsonFields into, int slot) {
        boolean bid = slot == slot('b') || slot == JsonFields.BIDS;
        boolean ask = slot == slot('a') || slot == JsonFields.ASKS;
        return (bid || ask)
                && into != nested
                && scanner.peek() == '['
                && scanner.levels(bid ? bids : asks);
    }

    private FrameType typeOf(JsonFields payload) {
        if (payload.has('e')) {
            if (!payload.is(slot('e'), JsonScanner.STRING)) {
                throw new MalformedFrameException("field e is not a string");
            }
            payload.text(slot('e'));
            return FrameType.ofEvent(payload.bytes, payload.from, payload.to);
        }
        if (payload.has(JsonFields.LAST_UPDATE_ID)) {
            return FrameType.PARTIAL_DEPTH;
        }
        if (payload.has('u')) {
            return FrameType.BOOK_TICKER;
        }
        if (payload.has('E') || payload.has('s')) {
            throw new MalformedFrameException("field e is missing");
        }
        if (payload == outer && !outer.has(JsonFields.STREAM)) {
            boolean error = outer.has(JsonFields.ERROR) || outer.has(JsonFields.CODE);
            if (error || outer.has(JsonFields.RESULT)) {
                return error ? FrameType.ERROR : FrameType.REPLY;
            }
        }
        return FrameType.UNKNOWN;
    }

    /**
     * Refuses a payload of another type than its stream; takes the symbol from the stream's name.
     */
    private void checkStream(FrameType found) {
        if (!outer.has(JsonFields.STREAM)) {
            return;
        }
        if (!outer.is(JsonFields.STREAM, JsonScanner.STRING)) {
            throw new MalformedFrameException("field stream is not a string");
        }
        int suffix = streamSymbol();
        FrameType promised = FrameType.ofStream(outer.bytes, suffix, outer.to);
        if (promised != FrameType.UNKNOWN && promised != found) {
            throw new MalformedFrameException("stream of " + promised + " carries " + found);
        }
    }

    /** Takes the symbol from the stream's name; returns where the part after the @ starts. */
    private int streamSymbol() {
        outer.text(JsonFields.STREAM);
        int at = outer.from;
        while (at < outer.to && outer.bytes[at] != '@') {
            at++;
        }
        int length = at - outer.from;
        if (at < outer.to && length > 0 && length <= MAX_SYMBOL_BYTES) {
            symbol = symbols.nameOf(outer.bytes, outer.from, at);
        }
        return Math.min(at + 1, outer.to);
    }

    private void attribute() {
        if (symbol == null && outer.is(JsonFields.STREAM, JsonScanner.STRING)) {
            streamSymbol();
        }
        JsonFields payload = inner.has('s') ? inner : outer;
        if (symbol == null && payload.is(slot('s'), JsonScanner.STRING)) {
            payload.text(slot('s'));
            int length = payload.to - payload.from;
            if (length > 0 && length <= MAX_SYMBOL_BYTES) {
                symbol = symbols.nameOf(payload.bytes, payload.from, payload.to);
            }
        }
    }

    /** Reads the fields used; returns false of a trade that is declared to be none. */
    private boolean decode(FrameType found, JsonFields payload) {
        if (found != FrameType.DEPTH_UPDATE && found != FrameType.PARTIAL_DEPTH) {
            bids.clear();
            asks.clear();
        }
        switch (found) {
            case AGG_TRADE -> trade(payload, 'a');
            case TRADE -> {
                if (isDeclaredNoTrade(payload)) {
                    noTrade(payload);
                    return false;
                }
                trade(payload, 't');
            }
            case BLOCK_TRADE -> trade(payload, 't');
            case DEPTH_UPDATE -> depthUpdate(payload);
            case PARTIAL_DEPTH -> partialDepth(payload);
            case BOOK_TICKER -> bookTicker(payload);
            case KLINE -> kline(payload);
            case SERVER_SHUTDOWN -> eventTimeUs = payload.timeOrNone('E');
            case REPLY -> reply();
            case ERROR -> error();
            default -> {}
        }
        return true;
    }

    /** Returns true if the exchange marks the entry as anything but a trade of the market. */
    private boolean isDeclaredNoTrade(JsonFields payload) {
        if (!payload.is(slot('X'), JsonScanner.STRING)) {
            return false;
        }
        payload.text(slot('X'));
        return !Arrays.equals(payload.bytes, payload.from, payload.to, MARKET, 0, MARKET.length);
    }

    private void noTrade(JsonFields payload) {
        symbolOf(payload);
        eventTimeUs = payload.timeOrNone('E');
        id = payload.natural('t');
        firstId = id;
        lastId = id;
        price = payload.decimal('p');
        quantity = payload.decimal('q');
        timeUs = payload.time('T');
        buyerIsMaker = payload.bool('m');
        payload.text(slot('X'));
        text = new String(payload.bytes, payload.from, payload.to - payload.from, UTF_8);
    }

    private void symbolOf(JsonFields payload) {
        payload.text(slot('s'));
        int length = payload.to - payload.from;
        if (length == 0 || length > MAX_SYMBOL_BYTES) {
            throw new MalformedFrameException("field s is not a symbol");
        }
        symbol = symbols.nameOf(payload.bytes, payload.from, payload.to);
    }

    private void trade(JsonFields payload, char idField) {
        symbolOf(payload);
        eventTimeUs = payload.timeOrNone('E');
        id = payload.natural(idField);
        price = payload.positive('p');
        quantity = payload.positive('q');
        firstId = id;
        lastId = id;
        if (idField == 'a') {
            firstId = payload.natural('f');
            lastId = payload.natural('l');
            if (lastId < firstId) {
                throw new MalformedFrameException("field l is below f");
            }
        }
        timeUs = payload.time('T');
        buyerIsMaker = payload.bool('m');
    }

    private void depthUpdate(JsonFields payload) {
        symbolOf(payload);
        eventTimeUs = payload.time('E');
        firstId = payload.natural('U');
        lastId = payload.natural('u');
        if (lastId < firstId) {
            throw new MalformedFrameException("field u is below U");
        }
        levels(payload, slot('b'), bids);
        levels(payload, slot('a'), asks);
    }

    private void partialDepth(JsonFields payload) {
        lastId = payload.natural(JsonFields.LAST_UPDATE_ID);
        levels(payload, JsonFields.BIDS, bids);
        levels(payload, JsonFields.ASKS, asks);
    }

    private void levels(JsonFields payload, int slot, Levels into) {
        payload.need(slot, JsonScanner.ARRAY);
        if (into.isOf(payload.start(slot))) {
            return;
        }
        scanner.over(scanner.bytes, payload.start(slot), payload.end(slot));
        into.read(scanner);
    }

    private void bookTicker(JsonFields payload) {
        symbolOf(payload);
        lastId = payload.natural('u');
        bidPrice = payload.decimal('b');
        bidQuantity = payload.decimal('B');
        askPrice = payload.decimal('a');
        askQuantity = payload.decimal('A');
    }

    private void kline(JsonFields payload) {
        symbolOf(payload);
        eventTimeUs = payload.timeOrNone('E');
        kline = KlineFrame.read(symbol, nested(payload, slot('k')));
    }

    private JsonFields nested(JsonFields payload, int slot) {
        payload.need(slot, JsonScanner.OBJECT);
        scanner.over(scanner.bytes, payload.start(slot), payload.end(slot));
        index(nested, false, 1);
        return nested;
    }

    private void reply() {
        id = requestId();
        int slot = JsonFields.RESULT;
        int quote = outer.is(slot, JsonScanner.STRING) ? 1 : 0;
        int from = outer.start(slot) - quote;
        text = new String(scanner.bytes, from, outer.end(slot) + quote - from, UTF_8);
    }

    private void error() {
        id = requestId();
        JsonFields error = outer.has(JsonFields.ERROR) ? nested(outer, JsonFields.ERROR) : outer;
        errorCode = error.integer(JsonFields.CODE);
        text = error.absent(JsonFields.MSG) ? "" : error.string(JsonFields.MSG);
    }

    private long requestId() {
        if (!outer.is(JsonFields.ID, JsonScanner.NUMBER)) {
            return -1;
        }
        return Digits.natural(scanner.bytes, outer.start(JsonFields.ID), outer.end(JsonFields.ID));
    }

    /** Returns the type of the frame. */
    public FrameType type() {
        return type;
    }

    /**
     * Returns the type that a malformed frame was to be, as far as that could be read; its {@link
     * #id} then is that of the trade, if it could be read.
     */
    public FrameType intendedType() {
        return intended;
    }

    /** Returns why the frame is {@link FrameType#MALFORMED}; null otherwise. */
    public String reason() {
        return reason;
    }

    /**
     * Returns the symbol in upper case, from the payload or else from the stream's name; of a
     * malformed frame as far as it could be read. Null if the frame has none.
     */
    public String symbol() {
        return symbol;
    }

    /** Returns when the exchange sent the frame ({@code E}), microseconds since the epoch. */
    public long eventTimeUs() {
        return eventTimeUs;
    }

    /** Returns a trade's id; of a reply the request's id, −1 if it has none that is a number. */
    public long id() {
        return id;
    }

    /** Returns a trade's price in units of 1e-8, &gt; 0. */
    public long price() {
        return price;
    }

    /** Returns a trade's quantity in units of 1e-8, &gt; 0; of an entry that is none ≥ 0. */
    public long quantity() {
        return quantity;
    }

    /** Returns a trade's first single-trade id; of a depth update its first update id. */
    public long firstId() {
        return firstId;
    }

    /** Returns a trade's last single-trade id; of books and tickers the (last) update id. */
    public long lastId() {
        return lastId;
    }

    /** Returns when the trade happened ({@code T}), microseconds since the epoch. */
    public long timeUs() {
        return timeUs;
    }

    /** Returns true if the seller was the taker. */
    public boolean buyerIsMaker() {
        return buyerIsMaker;
    }

    /** Returns the bids of a depth update or partial depth; empty otherwise. */
    public Levels bids() {
        return bids;
    }

    /** Returns the asks of a depth update or partial depth; empty otherwise. */
    public Levels asks() {
        return asks;
    }

    /** Returns the best bid of a book ticker in units of 1e-8; 0 if the side is empty. */
    public long bidPrice() {
        return bidPrice;
    }

    /** Returns the quantity at the best bid of a book ticker in units of 1e-8. */
    public long bidQuantity() {
        return bidQuantity;
    }

    /** Returns the best ask of a book ticker in units of 1e-8; 0 if the side is empty. */
    public long askPrice() {
        return askPrice;
    }

    /** Returns the quantity at the best ask of a book ticker in units of 1e-8. */
    public long askQuantity() {
        return askQuantity;
    }

    /** Returns the bar of a {@link FrameType#KLINE}; null otherwise. */
    public KlineFrame kline() {
        return kline;
    }

    /** Returns the code of an {@link FrameType#ERROR}; −1 otherwise. */
    public long errorCode() {
        return errorCode;
    }

    /**
     * Returns the message of an {@link FrameType#ERROR} or the JSON of a reply's result, else null.
     */
    public String text() {
        return text;
    }
}

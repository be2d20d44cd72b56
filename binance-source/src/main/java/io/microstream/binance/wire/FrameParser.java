package io.microstream.binance.wire;

import static io.microstream.binance.wire.JsonFields.slot;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.wire.JsonScanner.Kind;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads a frame of Binance's market streams, raw or in the envelope of combined streams, into
 * itself: the accessors hold until the next frame. Trades cost no allocation and no number passes
 * through double.
 *
 * <p>Tolerant of what may change (unknown fields, key order, white space, escapes, numbers as JSON
 * numbers or as strings, milliseconds or microseconds) and strict on what is used: a needed field
 * that is missing, null, in exponent form or out of range makes the frame {@link
 * FrameType#MALFORMED} with a {@link #reason}. So does a payload that is not what its stream name
 * says. No input makes it throw. Numbers a frame does not have are −1, texts null.
 *
 * <p>Not thread-safe: one instance per thread. Source: Binance's web-socket-streams documentation.
 */
public final class FrameParser {

    private static final int MAX_SYMBOL_BYTES = 64;

    private final JsonScanner scanner = new JsonScanner();
    private final JsonFields outer = new JsonFields();
    private final JsonFields inner = new JsonFields();
    private final JsonFields nested = new JsonFields();
    private final SymbolTable symbols = new SymbolTable();
    private final Levels bids = new Levels();
    private final Levels asks = new Levels();
    private byte[] copy = new byte[4096];

    private FrameType type = FrameType.MALFORMED;
    private String reason;
    private String symbol;
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

    /** Reads the frame in {@code [from, to)}; the bytes are not needed afterwards. */
    public FrameType parse(byte[] frame, int from, int to) {
        Objects.checkFromToIndex(from, to, frame.length);
        reset();
        try {
            type = read(frame, from, to);
        } catch (MalformedFrameException e) {
            type = FrameType.MALFORMED;
            reason = e.getMessage();
            attribute();
        }
        return type;
    }

    /** Reads what remains in the buffer, whose position does not move. */
    public FrameType parse(ByteBuffer frame) {
        if (frame.hasArray()) {
            int from = frame.arrayOffset() + frame.position();
            return parse(frame.array(), from, from + frame.remaining());
        }
        if (copy.length < frame.remaining()) {
            copy = new byte[frame.remaining()];
        }
        frame.get(frame.position(), copy, 0, frame.remaining());
        return parse(copy, 0, frame.remaining());
    }

    private void reset() {
        reason = null;
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
        boolean combined = outer.is(JsonFields.DATA, Kind.OBJECT);
        JsonFields payload = combined ? inner : outer;
        FrameType found = typeOf(payload);
        checkStream(found);
        decode(found, payload);
        return found;
    }

    /** Notes where the values of the object lie; the envelope's data go to {@link #inner}. */
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
                scanner.kind = Kind.OBJECT;
            } else {
                scanner.value(depth);
            }
            if (slot >= 0) {
                into.put(slot, scanner);
            }
        } while (scanner.more('}'));
    }

    private FrameType typeOf(JsonFields payload) {
        if (payload.has('e')) {
            if (!payload.is(slot('e'), Kind.STRING)) {
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

    /** The payload must be what the stream's name says; the name gives the symbol for now. */
    private void checkStream(FrameType found) {
        if (!outer.has(JsonFields.STREAM)) {
            return;
        }
        if (!outer.is(JsonFields.STREAM, Kind.STRING)) {
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
        if (symbol == null && outer.is(JsonFields.STREAM, Kind.STRING)) {
            streamSymbol();
        }
        JsonFields payload = inner.has('s') ? inner : outer;
        if (symbol == null && payload.is(slot('s'), Kind.STRING)) {
            payload.text(slot('s'));
            int length = payload.to - payload.from;
            if (length > 0 && length <= MAX_SYMBOL_BYTES) {
                symbol = symbols.nameOf(payload.bytes, payload.from, payload.to);
            }
        }
    }

    private void decode(FrameType found, JsonFields payload) {
        switch (found) {
            case AGG_TRADE -> trade(payload, 'a');
            case TRADE, BLOCK_TRADE -> trade(payload, 't');
            case DEPTH_UPDATE -> depthUpdate(payload);
            case PARTIAL_DEPTH -> partialDepth(payload);
            case BOOK_TICKER -> bookTicker(payload);
            case KLINE -> kline(payload);
            case SERVER_SHUTDOWN -> eventTimeUs = payload.timeOrNone('E');
            case REPLY -> reply();
            case ERROR -> error();
            default -> {}
        }
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
        quantity = payload.decimal('q');
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
        buyerIsMaker = payload.truth('m');
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
        payload.need(slot, Kind.ARRAY);
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
        payload.need(slot, Kind.OBJECT);
        scanner.over(scanner.bytes, payload.start(slot), payload.end(slot));
        index(nested, false, 1);
        return nested;
    }

    private void reply() {
        id = requestId();
        int slot = JsonFields.RESULT;
        int quote = outer.is(slot, Kind.STRING) ? 1 : 0;
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
        if (!outer.is(JsonFields.ID, Kind.NUMBER)) {
            return -1;
        }
        return Digits.natural(scanner.bytes, outer.start(JsonFields.ID), outer.end(JsonFields.ID));
    }

    /** What the frame read last is. */
    public FrameType type() {
        return type;
    }

    /** Why the frame is {@link FrameType#MALFORMED}; null otherwise. */
    public String reason() {
        return reason;
    }

    /**
     * Upper case, from the payload, or from the stream's name where the payload has none; of a
     * malformed frame as far as it could be read. Null if the frame names none.
     */
    public String symbol() {
        return symbol;
    }

    /** When the exchange sent the frame ({@code E}), microseconds since the epoch. */
    public long eventTimeUs() {
        return eventTimeUs;
    }

    /** Id of a trade; of a reply the request's id, −1 if it has none or one that is no number. */
    public long id() {
        return id;
    }

    /** Price of a trade, units of 1e-8, &gt; 0. */
    public long price() {
        return price;
    }

    /** Quantity of a trade, units of 1e-8, ≥ 0. */
    public long quantity() {
        return quantity;
    }

    /** First single trade of a trade; of a depth update its first update id ({@code U}). */
    public long firstId() {
        return firstId;
    }

    /** Last single trade of a trade; of books and tickers the (last) update id. */
    public long lastId() {
        return lastId;
    }

    /** When the trade happened ({@code T}), microseconds since the epoch. */
    public long timeUs() {
        return timeUs;
    }

    /** True if the seller was the taker. */
    public boolean buyerIsMaker() {
        return buyerIsMaker;
    }

    /** Bids of a depth update or partial depth; empty otherwise. */
    public Levels bids() {
        return bids;
    }

    /** Asks of a depth update or partial depth; empty otherwise. */
    public Levels asks() {
        return asks;
    }

    /** Best bid of a book ticker; 0 if the side is empty. */
    public long bidPrice() {
        return bidPrice;
    }

    /** Quantity at the best bid of a book ticker. */
    public long bidQuantity() {
        return bidQuantity;
    }

    /** Best ask of a book ticker; 0 if the side is empty. */
    public long askPrice() {
        return askPrice;
    }

    /** Quantity at the best ask of a book ticker. */
    public long askQuantity() {
        return askQuantity;
    }

    /** The bar of a {@link FrameType#KLINE}; null otherwise. */
    public KlineFrame kline() {
        return kline;
    }

    /** Code of an {@link FrameType#ERROR}. */
    public long errorCode() {
        return errorCode;
    }

    /** Message of an {@link FrameType#ERROR}, or the JSON of a reply's result; null otherwise. */
    public String text() {
        return text;
    }
}

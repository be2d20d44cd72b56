package io.microstream.binance.source;

import io.microstream.market.CompletenessMark;
import io.microstream.market.DisputedMinutes;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Carries trade streams between tasks: a byte for the kind (and a trade's flags), the symbol,
 * fixed-width fields, and last, where the flag says so, when the trade was received; no reflection,
 * one allocation a trade. For the wire only, no state holds a trade stream. What was written before
 * trades knew when they were received is read as not received.
 */
public final class StreamEventSerializer extends EventSerializer<StreamEvent> {

    private static final long serialVersionUID = 1L;
    private static final int BUYER_IS_MAKER = 1;
    private static final int CLOSES_MINUTE = 2;
    private static final int MARK = 4;
    private static final int RECEIVED = 8;
    private static final int SKIPPED = 16;
    private static final int DISPUTED = 32;

    /** A power of two. */
    private static final int SLOTS = 256;

    /** Symbols seen, by hash: one String each, whose hash is computed once, and no encoding. */
    private transient String[] symbols;

    private transient byte[][] encoded;
    private transient byte[] buffer;

    @Override
    public void serialize(StreamEvent event, DataOutputView target) throws IOException {
        if (event instanceof Trade trade) {
            serialize(trade, target);
        } else if (event instanceof CompletenessMark mark) {
            target.writeByte(MARK);
            writeSymbol(mark.symbol(), target);
            target.writeLong(mark.untilMs());
        } else if (event instanceof DisputedMinutes disputed) {
            target.writeByte(DISPUTED);
            writeSymbol(disputed.symbol(), target);
            target.writeLong(disputed.fromMs());
            target.writeLong(disputed.untilUs());
        } else {
            throw new IOException("Not a stream event: event=" + event);
        }
    }

    private void serialize(Trade trade, DataOutputView target) throws IOException {
        target.writeByte(
                (trade.buyerIsMaker() ? BUYER_IS_MAKER : 0)
                        | (trade.closesMinute() ? CLOSES_MINUTE : 0)
                        | (trade.receivedAtMs() != 0 ? RECEIVED : 0)
                        | (trade.skippedBefore() != 0 ? SKIPPED : 0));
        writeSymbol(trade.symbol(), target);
        target.writeLong(trade.id());
        target.writeLong(trade.price());
        target.writeLong(trade.quantity());
        target.writeLong(trade.firstTradeId());
        target.writeLong(trade.lastTradeId());
        target.writeLong(trade.timeUs());
        target.writeLong(trade.missingBefore());
        if (trade.receivedAtMs() != 0) {
            target.writeLong(trade.receivedAtMs());
        }
        if (trade.skippedBefore() != 0) {
            target.writeLong(trade.skippedBefore());
        }
    }

    @Override
    public StreamEvent deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        String symbol = readSymbol(source);
        return switch (kind) {
            case MARK -> new CompletenessMark(symbol, source.readLong());
            case DISPUTED -> new DisputedMinutes(symbol, source.readLong(), source.readLong());
            default -> deserializeTrade(kind, symbol, source);
        };
    }

    private static Trade deserializeTrade(int flags, String symbol, DataInputView source)
            throws IOException {
        long id = source.readLong();
        long price = source.readLong();
        long quantity = source.readLong();
        long firstTradeId = source.readLong();
        long lastTradeId = source.readLong();
        long timeUs = source.readLong();
        long missingBefore = source.readLong();
        return new Trade(
                symbol,
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                (flags & BUYER_IS_MAKER) != 0,
                missingBefore,
                (flags & CLOSES_MINUTE) != 0,
                (flags & RECEIVED) != 0 ? source.readLong() : 0,
                (flags & SKIPPED) != 0 ? source.readLong() : 0);
    }

    private void writeSymbol(String symbol, DataOutputView target) throws IOException {
        remember();
        int slot = symbol.hashCode() & SLOTS - 1;
        if (!symbol.equals(symbols[slot])) {
            symbols[slot] = symbol;
            encoded[slot] = symbol.getBytes(StandardCharsets.UTF_8);
        }
        target.writeByte(encoded[slot].length);
        target.write(encoded[slot]);
    }

    private String readSymbol(DataInputView source) throws IOException {
        remember();
        int length = source.readUnsignedByte();
        source.readFully(buffer, 0, length);
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer[i];
        }
        int slot = hash & SLOTS - 1;
        byte[] known = encoded[slot];
        if (known == null || !Arrays.equals(buffer, 0, length, known, 0, known.length)) {
            encoded[slot] = Arrays.copyOf(buffer, length);
            symbols[slot] = new String(buffer, 0, length, StandardCharsets.UTF_8);
        }
        return symbols[slot];
    }

    private void remember() {
        if (symbols == null) {
            symbols = new String[SLOTS];
            encoded = new byte[SLOTS][];
            buffer = new byte[255];
        }
    }

    /** One for each thread: it remembers symbols. */
    @Override
    public StreamEventSerializer duplicate() {
        return new StreamEventSerializer();
    }

    @Override
    public StreamEvent createInstance() {
        return new CompletenessMark("", 0);
    }

    @Override
    public TypeSerializerSnapshot<StreamEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot that savepoints hold: format version 1, without fields. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamEvent> {
        public Snapshot() {
            super(StreamEventSerializer::new);
        }
    }
}

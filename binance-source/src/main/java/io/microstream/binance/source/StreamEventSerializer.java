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

    private transient String cachedSymbol;
    private transient byte[] cachedBytes;

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
        if (!symbol.equals(cachedSymbol)) {
            cachedSymbol = symbol;
            cachedBytes = symbol.getBytes(StandardCharsets.UTF_8);
        }
        target.writeByte(cachedBytes.length);
        target.write(cachedBytes);
    }

    private String readSymbol(DataInputView source) throws IOException {
        byte[] symbol = new byte[source.readUnsignedByte()];
        source.readFully(symbol);
        if (!Arrays.equals(symbol, cachedBytes)) {
            cachedBytes = symbol;
            cachedSymbol = new String(symbol, StandardCharsets.UTF_8);
        }
        return cachedSymbol;
    }

    /** One for each thread: it remembers the last symbol. */
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

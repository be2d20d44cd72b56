package io.microstream.binance.source;

import io.microstream.market.Trade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Carries trades between tasks: fixed-width fields after the symbol, no reflection, one allocation
 * a trade. For the wire only, no state holds trades.
 */
public final class TradeSerializer extends TypeSerializerSingleton<Trade> {

    private static final long serialVersionUID = 1L;
    private static final int BUYER_IS_MAKER = 1;
    private static final int CLOSES_MINUTE = 2;

    private transient String cachedSymbol;
    private transient byte[] cachedAscii;

    @Override
    public void serialize(Trade trade, DataOutputView target) throws IOException {
        byte[] symbol = utf8(trade.symbol());
        target.writeByte(symbol.length);
        target.write(symbol);
        target.writeLong(trade.id());
        target.writeLong(trade.price());
        target.writeLong(trade.quantity());
        target.writeLong(trade.firstTradeId());
        target.writeLong(trade.lastTradeId());
        target.writeLong(trade.timeUs());
        target.writeLong(trade.missingBefore());
        target.writeByte(
                (trade.buyerIsMaker() ? BUYER_IS_MAKER : 0)
                        | (trade.closesMinute() ? CLOSES_MINUTE : 0));
    }

    @Override
    public Trade deserialize(DataInputView source) throws IOException {
        byte[] symbol = new byte[source.readUnsignedByte()];
        source.readFully(symbol);
        long id = source.readLong();
        long price = source.readLong();
        long quantity = source.readLong();
        long firstTradeId = source.readLong();
        long lastTradeId = source.readLong();
        long timeUs = source.readLong();
        long missingBefore = source.readLong();
        int flags = source.readByte();
        return new Trade(
                text(symbol),
                id,
                price,
                quantity,
                firstTradeId,
                lastTradeId,
                timeUs,
                (flags & BUYER_IS_MAKER) != 0,
                missingBefore,
                (flags & CLOSES_MINUTE) != 0);
    }

    private byte[] utf8(String symbol) {
        if (!symbol.equals(cachedSymbol)) {
            cachedSymbol = symbol;
            cachedAscii = symbol.getBytes(StandardCharsets.UTF_8);
        }
        return cachedAscii;
    }

    private String text(byte[] symbol) {
        if (!Arrays.equals(symbol, cachedAscii)) {
            cachedAscii = symbol;
            cachedSymbol = new String(symbol, StandardCharsets.UTF_8);
        }
        return cachedSymbol;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    /** One for each thread: it remembers the last symbol. */
    @Override
    public TradeSerializer duplicate() {
        return new TradeSerializer();
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Trade createInstance() {
        return new Trade("", 0, 0, 0, 0, 0, 0, false);
    }

    @Override
    public Trade copy(Trade from) {
        return from;
    }

    @Override
    public Trade copy(Trade from, Trade reuse) {
        return from;
    }

    @Override
    public Trade deserialize(Trade reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<Trade> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Format version 1. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Trade> {
        public Snapshot() {
            super(TradeSerializer::new);
        }
    }
}

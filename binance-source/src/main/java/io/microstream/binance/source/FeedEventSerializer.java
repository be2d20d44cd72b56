package io.microstream.binance.source;

import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.FeedEvent;
import io.microstream.market.StreamEvent;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.BigDecSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Carries a feed between tasks: a byte for the kind, then a stream event as {@link
 * StreamEventSerializer} has it, or the fields of a kline or a fault in their order. For the wire
 * only, no state holds a feed.
 */
public final class FeedEventSerializer extends EventSerializer<FeedEvent> {

    private static final long serialVersionUID = 1L;
    private static final int STREAM_EVENT = 0;
    private static final int KLINE = 1;
    private static final int QUALITY = 2;

    private final StreamEventSerializer events = new StreamEventSerializer();

    @Override
    public void serialize(FeedEvent event, DataOutputView target) throws IOException {
        if (event instanceof StreamEvent streamed) {
            target.writeByte(STREAM_EVENT);
            events.serialize(streamed, target);
        } else if (event instanceof Bar kline) {
            target.writeByte(KLINE);
            write(kline, target);
        } else if (event instanceof DataQuality quality) {
            target.writeByte(QUALITY);
            write(quality, target);
        } else {
            throw new IOException("Not an event of a feed: event=" + event);
        }
    }

    private static void write(Bar kline, DataOutputView target) throws IOException {
        StringSerializer.INSTANCE.serialize(kline.symbol(), target);
        target.writeLong(kline.openTimeMs());
        for (BigDecimal decimal :
                new BigDecimal[] {
                    kline.open(),
                    kline.high(),
                    kline.low(),
                    kline.close(),
                    kline.volume(),
                    kline.quoteVolume(),
                    kline.takerBuyVolume(),
                    kline.takerBuyQuoteVolume()
                }) {
            BigDecSerializer.INSTANCE.serialize(decimal, target);
        }
        target.writeLong(kline.tradeCount());
        target.writeLong(kline.firstTradeId());
        target.writeLong(kline.lastTradeId());
        target.writeBoolean(kline.isFinal());
        target.writeBoolean(kline.complete());
        target.writeInt(kline.revision());
        target.writeLong(kline.receivedAtMs());
    }

    private static void write(DataQuality quality, DataOutputView target) throws IOException {
        StringSerializer.INSTANCE.serialize(quality.symbol(), target);
        target.writeLong(quality.detectedAtUs());
        StringSerializer.INSTANCE.serialize(quality.kind().name(), target);
        target.writeLong(quality.firstId());
        target.writeLong(quality.lastId());
        target.writeLong(quality.missing());
        target.writeLong(quality.repaired());
        target.writeLong(quality.rows());
        StringSerializer.INSTANCE.serialize(quality.detail(), target);
    }

    @Override
    public FeedEvent deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        return switch (kind) {
            case STREAM_EVENT -> events.deserialize(source);
            case KLINE -> readKline(source);
            case QUALITY -> readQuality(source);
            default -> throw new IOException("Not an event of a feed: kind=" + kind);
        };
    }

    private static Bar readKline(DataInputView source) throws IOException {
        BigDecSerializer decimals = BigDecSerializer.INSTANCE;
        return new Bar(
                StringSerializer.INSTANCE.deserialize(source),
                source.readLong(),
                decimals.deserialize(source),
                decimals.deserialize(source),
                decimals.deserialize(source),
                decimals.deserialize(source),
                decimals.deserialize(source),
                decimals.deserialize(source),
                decimals.deserialize(source),
                decimals.deserialize(source),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readBoolean(),
                source.readBoolean(),
                source.readInt(),
                source.readLong());
    }

    private static DataQuality readQuality(DataInputView source) throws IOException {
        StringSerializer texts = StringSerializer.INSTANCE;
        return new DataQuality(
                texts.deserialize(source),
                source.readLong(),
                DataQuality.Kind.valueOf(texts.deserialize(source)),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                texts.deserialize(source));
    }

    /** One for each thread: it remembers the last symbol. */
    @Override
    public FeedEventSerializer duplicate() {
        return new FeedEventSerializer();
    }

    @Override
    public FeedEvent createInstance() {
        return events.createInstance();
    }

    @Override
    public TypeSerializerSnapshot<FeedEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The snapshot that savepoints hold: format version 1, without fields. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeedEvent> {
        public Snapshot() {
            super(FeedEventSerializer::new);
        }
    }
}

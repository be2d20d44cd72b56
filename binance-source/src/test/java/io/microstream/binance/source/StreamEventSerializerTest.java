package io.microstream.binance.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.CompletenessMark;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import io.microstream.testing.Trades;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Flink's own demands on a serializer. */
class StreamEventSerializerTest extends SerializerTestBase<StreamEvent> {

    @Override
    protected TypeSerializer<StreamEvent> createSerializer() {
        return new StreamEventSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<StreamEvent> getTypeClass() {
        return StreamEvent.class;
    }

    @Override
    protected StreamEvent[] getTestData() {
        Random random = new Random(3);
        StreamEvent[] events = new StreamEvent[40];
        for (int i = 0; i < events.length; i++) {
            String symbol = i % 3 == 0 ? "BTCUSDT" : i % 3 == 1 ? "1000SATSUSDT" : "币安人生USDT";
            events[i] =
                    i % 7 == 6
                            ? new CompletenessMark(symbol, random.nextLong())
                            : new Trade(
                                    symbol,
                                    random.nextLong(),
                                    random.nextLong(),
                                    random.nextLong(),
                                    random.nextLong(),
                                    random.nextLong(),
                                    random.nextLong(),
                                    random.nextBoolean(),
                                    random.nextInt(5) - 1,
                                    random.nextBoolean());
        }
        Trade plain = Trades.trade("X").build();
        events[0] = plain;
        events[1] = plain.asLastOfItsMinute().afterGapOf(Trade.UNKNOWN);
        events[2] = new Trade("S".repeat(255), 1, 2, 3, 4, 5, 6, true);
        events[3] = new CompletenessMark("S".repeat(255), 0);
        return events;
    }

    /** A thousand symbols share the slots of what is remembered; some have one hash. */
    @Test
    void everySymbolComesBackThoughOthersCameBetween() throws Exception {
        Random random = new Random(7);
        StreamEventSerializer serializer = new StreamEventSerializer();
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        List<String> symbols = new ArrayList<>(List.of("Aa", "BB", "币安人生USDT", "币安人生USDC"));
        for (int i = 0; i < 1_000; i++) {
            symbols.add(Integer.toString(random.nextInt(5_000), 36) + "USDT");
        }
        for (int i = 0; i < 20_000; i++) {
            String symbol = symbols.get(random.nextInt(i % 2 == 0 ? 4 : symbols.size()));
            bytes.clear();
            serializer.serialize(new CompletenessMark(symbol, i), bytes);
            assertThat(serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer())))
                    .isEqualTo(new CompletenessMark(symbol, i));
        }
    }

    /** Equality does not look at it, so Flink's demands do not either. */
    @Test
    void whenATradeWasReceivedIsCarriedAlong() throws Exception {
        Trade received = Trades.trade("BTCUSDT").build().receivedAt(1_767_571_200_123L);
        Trade recorded = Trades.trade("ETHUSDT").build();
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        StreamEventSerializer serializer = new StreamEventSerializer();
        for (Trade trade : List.of(received, recorded, received)) {
            serializer.serialize(trade, bytes);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes.getCopyOfBuffer());
        DataOutputSerializer copied = new DataOutputSerializer(64);
        for (int i = 0; i < 3; i++) {
            serializer.copy(in, copied);
        }
        in = new DataInputDeserializer(copied.getCopyOfBuffer());
        for (Trade trade : List.of(received, recorded, received)) {
            Trade read = (Trade) serializer.deserialize(in);
            assertThat(read).isEqualTo(trade);
            assertThat(read.receivedAtMs()).isEqualTo(trade.receivedAtMs());
        }
        assertThat(in.available()).isZero();
    }

    /** Trades on their way in an unaligned checkpoint of a release before they knew. */
    @Test
    void aTradeWrittenBeforeTradesKnewWhenTheyWereReceivedIsRead() throws Exception {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        bytes.writeByte(3);
        bytes.writeByte(3);
        bytes.write("ABC".getBytes(StandardCharsets.UTF_8));
        for (long field = 1; field <= 7; field++) {
            bytes.writeLong(field);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes.getCopyOfBuffer());
        Trade read = (Trade) new StreamEventSerializer().deserialize(in);
        assertThat(read).isEqualTo(new Trade("ABC", 1, 2, 3, 4, 5, 6, true, 7, true));
        assertThat(read.receivedAtMs()).isZero();
        assertThat(in.available()).isZero();
    }
}

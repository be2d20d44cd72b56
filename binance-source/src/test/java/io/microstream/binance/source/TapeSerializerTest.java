package io.microstream.binance.source;

import io.microstream.market.Quiet;
import io.microstream.market.TapeEvent;
import io.microstream.market.Trade;
import io.microstream.market.Trades;
import java.util.Random;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's own demands on a serializer. */
class TapeSerializerTest extends SerializerTestBase<TapeEvent> {

    @Override
    protected TypeSerializer<TapeEvent> createSerializer() {
        return new TapeSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<TapeEvent> getTypeClass() {
        return TapeEvent.class;
    }

    @Override
    protected TapeEvent[] getTestData() {
        Random random = new Random(3);
        TapeEvent[] tape = new TapeEvent[40];
        for (int i = 0; i < tape.length; i++) {
            String symbol = i % 3 == 0 ? "BTCUSDT" : i % 3 == 1 ? "1000SATSUSDT" : "币安人生USDT";
            tape[i] =
                    i % 7 == 6
                            ? new Quiet(symbol, random.nextLong())
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
        tape[0] = plain;
        tape[1] = plain.asLastOfItsMinute().afterGapOf(Trade.UNKNOWN);
        tape[2] = new Trade("S".repeat(255), 1, 2, 3, 4, 5, 6, true);
        tape[3] = new Quiet("S".repeat(255), 0);
        return tape;
    }
}

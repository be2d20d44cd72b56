package io.microstream.binance.source;

import io.microstream.market.Trade;
import io.microstream.market.Trades;
import java.util.Random;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's own demands on a serializer. */
class TradeSerializerTest extends SerializerTestBase<Trade> {

    @Override
    protected TypeSerializer<Trade> createSerializer() {
        return new TradeSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<Trade> getTypeClass() {
        return Trade.class;
    }

    @Override
    protected Trade[] getTestData() {
        Random random = new Random(3);
        Trade[] trades = new Trade[40];
        for (int i = 0; i < trades.length; i++) {
            trades[i] =
                    new Trade(
                            i % 3 == 0 ? "BTCUSDT" : i % 3 == 1 ? "1000SATSUSDT" : "币安人生USDT",
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
        trades[0] = Trades.trade("X").build();
        trades[1] = trades[0].asLastOfItsMinute().afterGapOf(Trade.UNKNOWN);
        trades[2] = new Trade("S".repeat(255), 1, 2, 3, 4, 5, 6, true);
        return trades;
    }
}

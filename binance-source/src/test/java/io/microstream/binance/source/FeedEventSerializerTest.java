package io.microstream.binance.source;

import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
import io.microstream.market.DisputedMinutes;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Checks Flink's own demands on a serializer, with an event of every kind. */
class FeedEventSerializerTest extends SerializerTestBase<FeedEvent> {

    @Override
    protected TypeSerializer<FeedEvent> createSerializer() {
        return new FeedEventSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<FeedEvent> getTypeClass() {
        return FeedEvent.class;
    }

    @Override
    protected FeedEvent[] getTestData() {
        Trade trade = new Trade("BTCUSDT", 1, 2, 3, 4, 5, 6, true, 7, true, 8);
        Bar kline =
                new Bar(
                        "币安人生USDT",
                        60_000,
                        new BigDecimal("1.00000001"),
                        new BigDecimal("9E+12"),
                        BigDecimal.ZERO,
                        new BigDecimal("-3"),
                        BigDecimal.ONE,
                        BigDecimal.TEN,
                        new BigDecimal("0E-8"),
                        new BigDecimal("7.5"),
                        1,
                        2,
                        3,
                        true,
                        false,
                        -2,
                        4);
        DataQuality fault =
                new DataQuality("ETHUSDT", 1, DataQuality.Kind.STALL, 2, 3, 4, 5, 6, "it — is");
        return new FeedEvent[] {
            trade,
            kline,
            fault,
            new CompletenessMark("BTCUSDT", 9),
            new DisputedMinutes("BTCUSDT", 7, 9),
            trade
        };
    }
}

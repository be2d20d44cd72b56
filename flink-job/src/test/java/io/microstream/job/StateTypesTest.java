package io.microstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.source.EventTypeInfo;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
import io.microstream.market.ExactSum;
import io.microstream.market.FeatureVector;
import io.microstream.market.LateTrade;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import io.microstream.market.RollingMedian;
import io.microstream.market.Trade;
import io.microstream.models.RegimeFilterState;
import io.microstream.testing.Trades;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of streams and of state are serialized field by field, never by Kryo. */
class StateTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                AnomalySignal.class,
                Bar.class,
                BarBuilder.class,
                DataQuality.class,
                ExactSum.class,
                FeatureVector.class,
                LateTrade.class,
                ModelUpdate.class,
                CompletenessMark.class,
                RegimeFilterState.class,
                RegimeSignal.class,
                RollingFeatures.class,
                RollingMedian.class,
                Trade.class
            })
    void isSerializedFieldByField(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    @Test
    void stateOfBarsIsSerializedFieldByField() throws Exception {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(
                Class.forName("io.microstream.job.bars.SymbolMinutes"));
    }

    /** A record with a component that only Kryo can serialize. */
    public record WithDuration(Duration duration) {}

    @Test
    void aTypeThatFallsToKryoIsDetected() {
        assertThatThrownBy(
                        () -> PojoTestUtils.assertSerializedAsPojoWithoutKryo(WithDuration.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void valuesSurviveARoundTrip() throws Exception {
        roundTrip(
                RegimeSignal.class,
                new RegimeSignal(
                        "BTCUSDT",
                        1,
                        "hmm",
                        2,
                        Regime.HIGH_VOLATILITY,
                        Regime.LIQUIDITY_CRISIS,
                        0.1,
                        0.7,
                        0.2,
                        Math.PI,
                        3.0,
                        true,
                        true,
                        3));
        roundTrip(
                AnomalySignal.class,
                new AnomalySignal(
                        "BTCUSDT",
                        1,
                        "forest",
                        2,
                        0.6,
                        0.5,
                        true,
                        9.5,
                        Map.of("range_surge", 0.75, "volume_surge", 0.25),
                        false,
                        0));
        Trade trade = Trades.trade("BTCUSDT").id(7).sold().build().afterGapOf(3);
        roundTrip(EventTypeInfo.FEED_EVENT, trade);
        roundTrip(
                EventTypeInfo.FEED_EVENT,
                Bar.empty("ETHUSDT", 60_000, new BigDecimal("92233720368.54775807"), true));
        roundTrip(
                EventTypeInfo.FEED_EVENT,
                new DataQuality("X", 1, DataQuality.Kind.TRADE_ID_JUMP, 2, 3, 4, 5, 6, "line"));
        roundTrip(EventTypeInfo.FEED_EVENT, new CompletenessMark("X", 7));
        roundTrip(LateTrade.class, new LateTrade(trade, 60_000));
        roundTrip(ModelUpdate.class, new ModelUpdate("REGIME", "*", "m", 1, 2, new byte[] {1, 2}));
        roundTrip(
                FeatureVector.class,
                new FeatureVector("X", 1, 1, -1, new double[] {Double.NaN, -0.0, 1e-300}));
    }

    /** Equality ignores the receipt time, so its values are compared here. */
    @Test
    void receiptTimeSurvivesARoundTrip() throws Exception {
        Trade trade = Trades.trade("BTCUSDT").build().receivedAt(1_234);
        BarBuilder builder = new BarBuilder();
        builder.add(trade);
        Bar bar = builder.toProvisionalBar("BTCUSDT", 0);
        assertThat(copy(Trade.class, trade).receivedAtMs()).isEqualTo(1_234);
        assertThat(copy(BarBuilder.class, builder).receivedAtMs).isEqualTo(1_234);
        assertThat(copy(Bar.class, bar).receivedAtMs()).isEqualTo(1_234);
        assertThat(copy(Bar.class, bar).isFinal()).isFalse();
        FeatureVector vector =
                new FeatureVector("X", 1, 1, Bar.PROVISIONAL, new double[] {1}, 1_234);
        assertThat(copy(FeatureVector.class, vector).receivedAtMs()).isEqualTo(1_234);
        assertThat(copy(FeatureVector.class, vector).isProvisional()).isTrue();
        RegimeSignal regime =
                new RegimeSignal(
                        "X",
                        1,
                        "m",
                        1,
                        Regime.HIGH_VOLATILITY,
                        Regime.HIGH_VOLATILITY,
                        0,
                        1,
                        0,
                        1,
                        2,
                        false,
                        false,
                        Bar.PROVISIONAL,
                        1_234);
        assertThat(copy(RegimeSignal.class, regime).receivedAtMs()).isEqualTo(1_234);
        AnomalySignal anomaly =
                new AnomalySignal(
                        "X",
                        1,
                        "m",
                        1,
                        0.5,
                        0.6,
                        false,
                        1,
                        Map.of(),
                        false,
                        Bar.PROVISIONAL,
                        1_234);
        assertThat(copy(AnomalySignal.class, anomaly).receivedAtMs()).isEqualTo(1_234);
    }

    @Test
    void sumsBeyondSixtyFourBitsSurviveInBarState() throws Exception {
        BarBuilder builder = new BarBuilder();
        builder.add(1, Long.MAX_VALUE, Long.MAX_VALUE, 1, 2, false);
        builder.add(2, Long.MAX_VALUE, 5, 3, 3, true);
        builder.revision = 4;
        BarBuilder copy = copy(BarBuilder.class, builder);
        assertThat(copy.toBar("X", 60_000)).isEqualTo(builder.toBar("X", 60_000));
        assertThat(copy.toBar("X", 0).quoteVolume()).isGreaterThan(new BigDecimal("1e21"));
    }

    private static <T> void roundTrip(Class<T> type, T value) throws Exception {
        roundTrip(TypeInformation.of(type), value);
    }

    private static <T> void roundTrip(TypeInformation<T> type, T value) throws Exception {
        assertThat(copy(type, value)).isEqualTo(value);
    }

    private static <T> T copy(Class<T> type, T value) throws Exception {
        return copy(TypeInformation.of(type), value);
    }

    private static <T> T copy(TypeInformation<T> type, T value) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        byte[] bytes = Arrays.copyOf(out.getSharedBuffer(), out.length());
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}

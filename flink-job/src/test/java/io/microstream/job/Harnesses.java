package io.microstream.job;

import io.microstream.market.FeatureVector;
import java.util.List;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.transformations.KeyedBroadcastStateTransformation;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/** Makes test harnesses of single scoring operators. */
public final class Harnesses {

    /** Puts a scoring stream together, as {@code AnomalyScoring::of} does. */
    public interface Scoring<S> {
        DataStream<S> of(DataStream<FeatureVector> vectors, DataStream<ModelUpdate> models);
    }

    private Harnesses() {}

    /** Returns the operator that {@code scoring} would put into a job. */
    public static <S>
            KeyedBroadcastOperatorTestHarness<String, FeatureVector, ModelUpdate, S> scoring(
                    Scoring<S> scoring) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataStream<S> scored =
                scoring.of(
                        env.fromData(List.of(), TypeInformation.of(FeatureVector.class)),
                        env.fromData(List.of(), TypeInformation.of(ModelUpdate.class)));
        @SuppressWarnings("unchecked")
        var transformation =
                (KeyedBroadcastStateTransformation<String, FeatureVector, ModelUpdate, S>)
                        scored.getTransformation();
        return scoring(
                transformation.getUserFunction(), transformation.getBroadcastStateDescriptors());
    }

    /** Returns an operator that runs a given function. */
    public static <S>
            KeyedBroadcastOperatorTestHarness<String, FeatureVector, ModelUpdate, S> scoring(
                    KeyedBroadcastProcessFunction<String, FeatureVector, ModelUpdate, S> function,
                    List<MapStateDescriptor<?, ?>> broadcast)
                    throws Exception {
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(function, broadcast),
                FeatureVector::symbol,
                Types.STRING,
                1,
                1,
                0);
    }
}

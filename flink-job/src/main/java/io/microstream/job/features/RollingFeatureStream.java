package io.microstream.job.features;

import io.microstream.job.OperatorUids;
import io.microstream.market.Bar;
import io.microstream.market.FeatureVector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The feature vectors of final and provisional bars.
 *
 * @param vectors one for each bar of the feed, provisional ones too, and another for each bar whose
 *     features a revision changed
 * @param warmUp the newest vectors of the history before a symbol's first bar, which warm the
 *     filters and are not written to any table
 */
public record RollingFeatureStream(
        DataStream<FeatureVector> vectors, DataStream<FeatureVector> warmUp) {

    static final OutputTag<FeatureVector> WARM_UP =
            new OutputTag<>("warm-up", TypeInformation.of(FeatureVector.class));

    /** Computes the features of bars, each symbol by itself and warm from its history. */
    public static RollingFeatureStream of(DataStream<Bar> bars, BarHistory history) {
        SingleOutputStreamOperator<FeatureVector> vectors =
                bars.keyBy(Bar::symbol)
                        .process(new FeatureRolling(history))
                        .returns(TypeInformation.of(FeatureVector.class))
                        .name(OperatorUids.ROLLING_FEATURES)
                        .uid(OperatorUids.ROLLING_FEATURES);
        return new RollingFeatureStream(vectors, vectors.getSideOutput(WARM_UP));
    }
}

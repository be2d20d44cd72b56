package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import io.microstream.models.ModelKinds;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * Computes regime signals by the forward filter of each symbol's hidden Markov model, bar by bar.
 *
 * <p>When another model comes into force the filter runs again over the newest vectors under the
 * new model, so that its result is a function of the data alone.
 */
public final class RegimeFiltering {

    private RegimeFiltering() {}

    /**
     * @param vectors of the bars to signal, and those of the history before them, marked by {@link
     *     FeatureVector#HISTORY}; provisional ones are signalled at once, by a filter that runs on
     *     a copy over the vectors that wait and then this one
     */
    public static DataStream<RegimeSignal> of(
            DataStream<FeatureVector> vectors, DataStream<ModelUpdate> models) {
        return vectors.keyBy(FeatureVector::symbol)
                .connect(models.broadcast(ModelBroadcast.STATE))
                .process(new Filtering())
                .returns(TypeInformation.of(RegimeSignal.class))
                .name(OperatorUids.REGIME_FILTERING)
                .uid(OperatorUids.REGIME_FILTERING);
    }

    private static final class Filtering extends VectorScoring<RegimeScorer, RegimeSignal> {

        private static final long serialVersionUID = 1L;

        private transient ValueState<RegimeFilterState> filter;

        Filtering() {
            super(() -> ModelKinds.REGIME);
        }

        @Override
        public void open(OpenContext context) throws Exception {
            super.open(context);
            filter =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            "regime-filter",
                                            TypeInformation.of(RegimeFilterState.class)));
        }

        @Override
        void score(FeatureVector vector, RegimeScorer scorer, Collector<RegimeSignal> out)
                throws Exception {
            RegimeFilterState state = filter.value();
            if (state == null) {
                state = new RegimeFilterState();
            }
            for (RegimeSignal signal : scorer.update(state, vector)) {
                // Later bars speak when their own vectors come, each by the model of its time.
                if (signal.openTimeMs() == vector.openTimeMs()
                        && vector.barRevision() != FeatureVector.HISTORY) {
                    out.collect(signal.withOrigin(vector.origin()));
                }
            }
            filter.update(state);
        }

        @Override
        void preview(
                FeatureVector vector,
                List<FeatureVector> waiting,
                RegimeScorer scorer,
                Collector<RegimeSignal> out)
                throws Exception {
            RegimeFilterState known = filter.value();
            RegimeFilterState state = known == null ? new RegimeFilterState() : known;
            scorer.preview(state, waiting, vector)
                    .map(signal -> signal.withOrigin(vector.origin()))
                    .ifPresent(out::collect);
        }
    }
}

package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureVector;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelRole;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** Anomaly signals: one for each vector whose features the model in force can use. */
public final class AnomalyScoring {

    private AnomalyScoring() {}

    public static DataStream<AnomalySignal> of(
            DataStream<FeatureVector> vectors, DataStream<ModelUpdate> models) {
        return vectors.keyBy(FeatureVector::symbol)
                .connect(models.broadcast(ModelBroadcast.STATE))
                .process(new Scoring())
                .returns(TypeInformation.of(AnomalySignal.class))
                .name(OperatorUids.ANOMALY_SCORING)
                .uid(OperatorUids.ANOMALY_SCORING);
    }

    private static final class Scoring extends VectorScoring<AnomalySignal> {

        private static final long serialVersionUID = 1L;

        private transient OpenedModels<AnomalyScorer> scorers;

        Scoring() {
            super(ModelRole.ANOMALY);
        }

        @Override
        void score(FeatureVector vector, ModelUpdate model, Collector<AnomalySignal> out) {
            if (scorers == null) {
                scorers = new OpenedModels<>(AnomalyScorer::open);
            }
            scorers.of(model).score(vector).ifPresent(out::collect);
        }

        @Override
        void preview(
                FeatureVector vector,
                List<FeatureVector> waiting,
                ModelUpdate model,
                Collector<AnomalySignal> out) {
            score(vector, model, out);
        }
    }
}

package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.job.OperatorUids;
import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureVector;
import io.microstream.models.ModelKinds;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Scores feature vectors by the anomaly model in force: one signal for each vector in which the
 * model's inputs are defined.
 */
public final class AnomalyScoring {

    private AnomalyScoring() {}

    public static DataStream<AnomalySignal> of(
            DataStream<FeatureVector> vectors, DataStream<ModelUpdate> models) {
        return vectors.keyBy(FeatureVector::symbol)
                .connect(models.broadcast(ModelBroadcast.STATE))
                .process(new StatelessScoring<>(() -> ModelKinds.ANOMALY))
                .returns(TypeInformation.of(AnomalySignal.class))
                .name(OperatorUids.ANOMALY_SCORING)
                .uid(OperatorUids.ANOMALY_SCORING);
    }
}

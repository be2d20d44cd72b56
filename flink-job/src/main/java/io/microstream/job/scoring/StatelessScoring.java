package io.microstream.job.scoring;

import io.microstream.market.FeatureVector;
import io.microstream.models.VectorScorer;
import java.util.List;
import org.apache.flink.util.Collector;

/**
 * Scores vectors by models that need nothing but the vector.
 *
 * @param <S> scorer
 * @param <OUT> signal
 */
final class StatelessScoring<S extends VectorScorer<OUT>, OUT> extends VectorScoring<S, OUT> {

    private static final long serialVersionUID = 1L;

    StatelessScoring(Models<S> models) {
        super(models);
    }

    @Override
    void score(FeatureVector vector, S scorer, Collector<OUT> out) {
        scorer.score(vector).ifPresent(out::collect);
    }

    @Override
    void preview(FeatureVector vector, List<FeatureVector> waiting, S scorer, Collector<OUT> out) {
        score(vector, scorer, out);
    }
}

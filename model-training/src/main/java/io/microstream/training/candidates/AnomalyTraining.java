package io.microstream.training.candidates;

import io.microstream.market.FeatureSchema;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingRows;
import java.util.List;

/**
 * Trains the anomaly model: an isolation forest on scaled_return, range_surge and volume_surge,
 * {@value #TREES} trees of {@value #SAMPLE} rows.
 *
 * <p>The threshold is the score that {@value #CONTAMINATION} of all training rows exceed. How often
 * later rows exceed it depends on the market: on hold-outs between half and three times as often,
 * so the rate is reported and should be watched.
 */
public final class AnomalyTraining {

    public static final int TREES = 100;
    public static final int SAMPLE = 256;
    public static final double CONTAMINATION = 0.01;

    private static final List<String> INPUTS =
            List.of(
                    FeatureSchema.SCALED_RETURN,
                    FeatureSchema.RANGE_SURGE,
                    FeatureSchema.VOLUME_SURGE);

    private AnomalyTraining() {}

    /**
     * The trained anomaly model with its training rows.
     *
     * @param model the forest with its threshold
     * @param rows trained on
     */
    public record Outcome(IsolationForestModel model, TrainingRows rows) {}

    /** Trains the anomaly model; rows after a gap have no return and are left out. */
    public static Outcome train(TrainingHistory history, long seed, int threads) {
        TrainingRows rows =
                TrainingRows.select(
                        history.symbols(), INPUTS, history.fromMs(), history.cutMs(), day -> true);
        IsolationForestTrainer trainer =
                new IsolationForestTrainer(
                        TREES, SAMPLE, CONTAMINATION, seed, threads, rows.lastMs());
        return new Outcome(trainer.train(rows.matrix()), rows);
    }
}

package io.microstream.training.outliers;

import io.microstream.models.evaluation.RankingQuality;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.OrderedTasks;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import io.microstream.training.history.TrainingException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains isolation forests on labelled data sets and measures how well they rank outliers first.
 *
 * <p>As in the paper, a forest is trained on all rows of a set, outliers included, without labels,
 * and then scores the same rows. Equal files and settings give equal figures at any number of
 * threads.
 */
public final class OutlierEvaluation {

    private final OutlierSettings settings;

    public OutlierEvaluation(OutlierSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads all data sets before any is evaluated, so that bad input is reported at once.
     *
     * @param paths CSV files (plain, .gz or .zip), and folders of them
     * @throws TrainingException with file, line and column for what cannot be evaluated
     */
    public static List<LabelledRows> read(List<Path> paths) {
        return DataSetFiles.find(paths).stream().map(LabelledCsv::read).toList();
    }

    /** Evaluates one set, one seed after the other, each on the configured number of threads. */
    public OutlierResult evaluate(LabelledRows set) {
        boolean[] outlier = set.outlier();
        List<RankingQuality> bySeed =
                OrderedTasks.run(
                        settings.threads(),
                        settings.seeds(),
                        i -> RankingQuality.of(scores(set.features(), i + 1), outlier));
        return OutlierResult.of(set, bySeed, settings);
    }

    private double[] scores(FeatureMatrix rows, long seed) {
        IsolationForestModel model =
                new IsolationForestTrainer(settings.trees(), settings.sampleSize(), 0, seed, 1, 0)
                        .train(rows);
        double[] scores = new double[rows.rows()];
        double[] x = new double[rows.columns()];
        for (int row = 0; row < scores.length; row++) {
            System.arraycopy(rows.values(), row * x.length, x, 0, x.length);
            scores[row] = model.score(x);
        }
        return scores;
    }
}

package io.microstream.models.isolation;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.OrderedTasks;
import io.microstream.models.features.Standardisation;
import io.microstream.models.features.TrainingRecord;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tribuo.Dataset;
import org.tribuo.Trainer;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains an {@link IsolationForestModel}: {@code trees} trees, each on {@code min(sampleSize, n)}
 * rows drawn without replacement.
 *
 * <p>The threshold is the score that a share of {@code contamination} of the training rows exceeds
 * (linear interpolation between order statistics, as scikit-learn's offset); with contamination 0
 * it is 0.5, the score of an average row. The flag rate on training rows is therefore the
 * contamination by definition: judge it on later rows.
 *
 * <p>Equal seed, data and invocation give an equal forest and equal model bytes at any number of
 * threads. Rows of a Tribuo dataset must be {@code EXPECTED} events. Training needs the rows and,
 * for each thread, 24 bytes a row.
 *
 * <p>Arithmetic is double where scikit-learn's is float, and a feature counts as constant in a node
 * relative to its own scale where scikit-learn has 1e-7 in raw units; forests are therefore equal
 * in distribution to its own, not tree by tree.
 *
 * <p>Source: Liu, Ting, Zhou (2008), see {@link IsolationForest}.
 */
public final class IsolationForestTrainer implements Trainer<Event> {

    @Config(description = "Number of trees.")
    private int trees = 100;

    @Config(description = "Rows each tree is grown on, at most.")
    private int sampleSize = 256;

    @Config(description = "Share of training rows whose score exceeds the threshold; 0 for 0.5.")
    private double contamination = 0.01;

    @Config(description = "Seed of all random choices.")
    private long seed = Trainer.DEFAULT_SEED;

    @Config(description = "Threads to train with; without influence on the model.", redact = true)
    private int threads = 1;

    @Config(description = "Time noted on the model, milliseconds since the epoch.")
    private long timeMs = 0;

    private int invocations;

    /** Creates an empty trainer for configuration by OLCUT. */
    private IsolationForestTrainer() {}

    /**
     * Creates a trainer with the given settings.
     *
     * @param trees 100 in the paper
     * @param sampleSize 256 in the paper
     * @param contamination 0 … 0.5
     * @param seed of all random choices
     * @param threads without influence on the model
     * @param timeMs milliseconds since the epoch, recorded as time of training; derive it from the
     *     data, so that training twice gives equal bytes
     * @throws PropertyException if an argument is out of range
     */
    public IsolationForestTrainer(
            int trees, int sampleSize, double contamination, long seed, int threads, long timeMs) {
        this.trees = trees;
        this.sampleSize = sampleSize;
        this.contamination = contamination;
        this.seed = seed;
        this.threads = threads;
        this.timeMs = timeMs;
        postConfig();
    }

    @Override
    public void postConfig() {
        check("trees", trees, trees >= 1 && trees <= 10_000);
        check(
                "sampleSize",
                sampleSize,
                sampleSize >= 1 && sampleSize <= IsolationForest.LARGEST_SAMPLE);
        check("contamination", contamination, contamination >= 0 && contamination <= 0.5);
        check("threads", threads, threads >= 1);
    }

    private static void check(String name, Number value, boolean valid) {
        if (!valid) {
            throw new PropertyException(
                    "", name, "Isolation Forest setting out of range: " + name + "=" + value);
        }
    }

    /** Trains a model on a table of rows. */
    public IsolationForestModel train(FeatureMatrix rows) {
        return train(
                rows, TrainingRecord.data(rows, new AnomalyFactory(), false, timeMs), Map.of());
    }

    @Override
    public IsolationForestModel train(
            Dataset<Event> examples, Map<String, Provenance> runProvenance) {
        List<String> names = examples.getFeatureMap().keySet().stream().sorted().toList();
        double[] values = new double[examples.size() * names.size()];
        for (int row = 0; row < examples.size(); row++) {
            Event.EventType type = examples.getExample(row).getOutput().getType();
            if (type != Event.EventType.EXPECTED) {
                throw new IllegalArgumentException(
                        "Isolation Forest trains on EXPECTED events: row=" + row + " type=" + type);
            }
            FeatureExamples.read(examples.getExample(row), names, values, row * names.size());
        }
        FeatureMatrix rows = new FeatureMatrix(examples.getSourceDescription(), names, values);
        return train(rows, examples.getProvenance(), runProvenance);
    }

    private synchronized IsolationForestModel train(
            FeatureMatrix rows, DatasetProvenance data, Map<String, Provenance> run) {
        if (rows.rows() == 0) {
            throw new IllegalArgumentException(
                    "Isolation Forest needs at least one row: source=" + rows.source());
        }
        TrainerProvenance trainer = getProvenance();
        double[] scale = Standardisation.of(rows).scale();
        IsolationForest forest = grow(rows, scale);
        invocations++;
        return new IsolationForestModel(
                TrainingRecord.of(IsolationForestModel.class, rows, data, trainer, run, timeMs),
                forest,
                threshold(forest, rows),
                RobustScale.of(rows, scale, threads));
    }

    private IsolationForest grow(FeatureMatrix rows, double[] scale) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < invocations; i++) {
            random.split();
        }
        random = random.split();
        long[] seeds = new long[trees];
        for (int tree = 0; tree < trees; tree++) {
            seeds[tree] = random.nextLong();
        }
        int sample = Math.min(sampleSize, rows.rows());
        List<TreeGrower> grown =
                OrderedTasks.run(
                        threads,
                        trees,
                        tree ->
                                new TreeGrower(
                                        rows.values(),
                                        rows.columns(),
                                        scale,
                                        sample,
                                        new SplittableRandom(seeds[tree])));
        return joined(grown, sample, rows.columns());
    }

    private static IsolationForest joined(List<TreeGrower> trees, int sampleSize, int inputs) {
        int nodes = trees.stream().mapToInt(tree -> tree.nodes).sum();
        int[] root = new int[trees.size()];
        int[] feature = new int[nodes];
        int[] right = new int[nodes];
        double[] split = new double[nodes];
        int[] size = new int[nodes];
        int first = 0;
        for (int t = 0; t < root.length; t++) {
            TreeGrower tree = trees.get(t);
            root[t] = first;
            System.arraycopy(tree.feature, 0, feature, first, tree.nodes);
            System.arraycopy(tree.split, 0, split, first, tree.nodes);
            System.arraycopy(tree.size, 0, size, first, tree.nodes);
            for (int node = 0; node < tree.nodes; node++) {
                right[first + node] = tree.feature[node] < 0 ? 0 : first + tree.right[node];
            }
            first += tree.nodes;
        }
        return new IsolationForest(sampleSize, inputs, root, feature, right, split, size);
    }

    private double threshold(IsolationForest forest, FeatureMatrix rows) {
        if (contamination == 0) {
            return 0.5;
        }
        double[] negated = forest.scores(rows.values(), new double[rows.rows()], threads);
        for (int row = 0; row < negated.length; row++) {
            negated[row] = -negated[row];
        }
        return -Percentile.of(negated, contamination);
    }

    @Override
    public synchronized int getInvocationCount() {
        return invocations;
    }

    @Override
    public synchronized void setInvocationCount(int invocationCount) {
        if (invocationCount < 0) {
            throw new IllegalArgumentException("invocationCount=" + invocationCount);
        }
        invocations = invocationCount;
    }

    @Override
    public TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }
}

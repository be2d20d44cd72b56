package io.microstream.models.hmm;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import io.microstream.market.FeatureSchema;
import io.microstream.models.features.FeatureExamples;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.features.Standardisation;
import io.microstream.models.features.TrainingRecord;
import io.microstream.models.hmm.fitting.AcceleratedBaumWelch;
import io.microstream.models.hmm.fitting.BaumWelch;
import io.microstream.models.hmm.fitting.StartingPoint;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.Rescaling;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import io.microstream.models.hmm.labelling.StateProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceTrainer;

/**
 * Trains a {@link GaussianHmmModel} without labels, and names its states as market regimes.
 *
 * <p>Inputs are standardised by the training rows; Baum-Welch begins at {@link
 * StartingPoint#quantiles} of the volatility input, or at a given start, and optionally at seeded
 * random starts as well; the fit with the best training likelihood wins. (A better likelihood is
 * not always a better model: compare on held-out rows and check {@link RegimeLabelling}.) Equal
 * data and settings give equal model bytes at any number of threads.
 *
 * <p>Stress of a state is the mean of its standardised inputs among log_volatility, range_surge and
 * volatility_proxy, or of the volatility input where none of them is used; volume is left out,
 * because crises have high volume.
 *
 * <p>Memory: the rows, a standardised copy, and for each thread 16 K bytes a row of the longest
 * sequence, up to 524,288 rows (50 MB with six states).
 */
public final class GaussianHmmTrainer implements SequenceTrainer<Label> {

    private static final List<String> STRESS_INPUTS =
            List.of(
                    FeatureSchema.LOG_VOLATILITY,
                    FeatureSchema.RANGE_SURGE,
                    FeatureSchema.VOLATILITY_PROXY);

    private static final String QUANTILES = "quantiles";
    private static final String GIVEN = "given";

    @Config(description = "Number of latent states.")
    private int states = 4;

    @Config(description = "Baum-Welch iterations, at most.")
    private int iterations = 100;

    @Config(description = "Least gain of total log likelihood that keeps Baum-Welch going.")
    private double tolerance = 1e-2;

    @Config(description = "Scalar added to every element of the scatter, as hmmlearn does.")
    private double covariancePrior = 0;

    @Config(description = "Input whose order the deterministic start uses.")
    private String volatilityInput = FeatureSchema.LOG_VOLATILITY;

    @Config(description = "Whether inputs are standardised by the training rows.")
    private boolean standardise = true;

    @Config(description = "Where Baum-Welch begins: quantiles, or given (by the builder only).")
    private String start = QUANTILES;

    @Config(description = "Whether Baum-Welch is accelerated by extrapolation.")
    private boolean accelerated = false;

    @Config(description = "Random starts beside the deterministic one.")
    private int restarts = 0;

    @Config(description = "Seed of the random starts.")
    private long seed = 1;

    @Config(description = "Threads to train with; without influence on the model.", redact = true)
    private int threads = 1;

    @Config(description = "Time noted on the model, milliseconds since the epoch.")
    private long timeMs = 0;

    private HmmParameters given;
    private int invocations;

    /** Creates an empty trainer for configuration by OLCUT. */
    private GaussianHmmTrainer() {}

    private GaussianHmmTrainer(Builder builder) {
        states = builder.states;
        iterations = builder.iterations;
        tolerance = builder.tolerance;
        covariancePrior = builder.covariancePrior;
        volatilityInput = builder.volatilityInput;
        start = builder.given == null ? QUANTILES : GIVEN;
        given = builder.given;
        accelerated = builder.accelerated;
        restarts = builder.restarts;
        seed = builder.seed;
        threads = builder.threads;
        timeMs = builder.timeMs;
        postConfig();
    }

    /** Returns a builder for a trainer with {@code states} latent states and defaults otherwise. */
    public static Builder withStates(int states) {
        Builder builder = new Builder();
        builder.states = states;
        return builder;
    }

    /** Builds a trainer; each setting defaults to the trainer's own default. */
    public static final class Builder {

        private final GaussianHmmTrainer defaults = new GaussianHmmTrainer();
        private int states = defaults.states;
        private int iterations = defaults.iterations;
        private double tolerance = defaults.tolerance;
        private double covariancePrior = defaults.covariancePrior;
        private String volatilityInput = defaults.volatilityInput;
        private HmmParameters given;
        private boolean accelerated = defaults.accelerated;
        private int restarts = defaults.restarts;
        private long seed = defaults.seed;
        private int threads = defaults.threads;
        private long timeMs = defaults.timeMs;

        private Builder() {}

        /**
         * Sets the maximum number of Baum-Welch iterations (100) and the convergence tolerance
         * (1e-2).
         */
        public Builder iterations(int iterations, double tolerance) {
            this.iterations = iterations;
            this.tolerance = tolerance;
            return this;
        }

        /** Sets the prior, see {@link BaumWelch.Settings#covariancePrior}; 0 by default. */
        public Builder covariancePrior(double covariancePrior) {
            this.covariancePrior = covariancePrior;
            return this;
        }

        /**
         * Sets the input by which the deterministic start orders rows; log_volatility by default.
         */
        public Builder volatilityInput(String name) {
            this.volatilityInput = name;
            return this;
        }

        /** Sets the start of Baum-Welch, in raw units of the inputs, instead of the quantiles. */
        public Builder start(HmmParameters raw) {
            this.given = raw;
            return this;
        }

        /** Fits by {@link AcceleratedBaumWelch} instead of plain Baum-Welch. */
        public Builder accelerated() {
            this.accelerated = true;
            return this;
        }

        /**
         * Sets the number and seed of random starts in addition to the deterministic one; none by
         * default.
         */
        public Builder restarts(int restarts, long seed) {
            this.restarts = restarts;
            this.seed = seed;
            return this;
        }

        /** Sets the number of threads, which does not influence the model; 1 by default. */
        public Builder threads(int threads) {
            this.threads = threads;
            return this;
        }

        /** Sets the recorded time of training, from the data and not from a clock; 0 by default. */
        public Builder timeMs(long timeMs) {
            this.timeMs = timeMs;
            return this;
        }

        /**
         * Returns the trainer with these settings.
         *
         * @throws PropertyException if a setting is out of range
         */
        public GaussianHmmTrainer build() {
            return new GaussianHmmTrainer(this);
        }
    }

    @Override
    public void postConfig() {
        check("states", states, states >= 1 && states <= 64);
        check("iterations", iterations, iterations >= 1);
        check("tolerance", tolerance, !Double.isNaN(tolerance));
        check("covariancePrior", covariancePrior, covariancePrior >= 0);
        check("start", start, given == null ? start.equals(QUANTILES) : start.equals(GIVEN));
        check("start", start, given == null || given.states() == states);
        check("restarts", restarts, restarts >= 0);
        check("threads", threads, threads >= 1);
    }

    private static void check(String name, Object value, boolean valid) {
        if (!valid) {
            throw new PropertyException(
                    "", name, "Gaussian HMM setting out of range: " + name + "=" + value);
        }
    }

    /**
     * Trains on a table, with the volatility input in place of the range.
     *
     * @param lengths rows in each unbroken sequence, in order
     */
    public GaussianHmmModel train(FeatureMatrix rows, int[] lengths) {
        return train(rows, lengths, rows.column(rows.indexOf(volatilityInput)));
    }

    /**
     * Trains on a table.
     *
     * @param lengths rows in each unbroken sequence, in order
     * @param range of each row, such as (high − low) / open: a crisis must have wide ranges
     * @throws IllegalArgumentException if lengths or ranges do not match the rows, or there are
     *     fewer rows than states
     */
    public GaussianHmmModel train(FeatureMatrix rows, int[] lengths, double[] range) {
        return train(
                rows,
                lengths,
                range,
                TrainingRecord.data(rows, new LabelFactory(), true, timeMs),
                Map.of());
    }

    /** {@inheritDoc} Labels are ignored; the volatility input takes the place of the range. */
    @Override
    public GaussianHmmModel train(
            SequenceDataset<Label> sequences, Map<String, Provenance> runProvenance) {
        List<String> names = sequences.getFeatureMap().keySet().stream().sorted().toList();
        int[] lengths = sequences.getData().stream().mapToInt(SequenceExample::size).toArray();
        double[] values = new double[Arrays.stream(lengths).sum() * names.size()];
        int offset = 0;
        for (SequenceExample<Label> sequence : sequences) {
            for (int i = 0; i < sequence.size(); i++, offset += names.size()) {
                FeatureExamples.read(sequence.get(i), names, values, offset);
            }
        }
        FeatureMatrix rows = new FeatureMatrix(sequences.getSourceDescription(), names, values);
        double[] range = rows.column(rows.indexOf(volatilityInput));
        return train(rows, lengths, range, sequences.getProvenance(), runProvenance);
    }

    private synchronized GaussianHmmModel train(
            FeatureMatrix rows,
            int[] lengths,
            double[] range,
            DatasetProvenance data,
            Map<String, Provenance> run) {
        if (range.length != rows.rows() || rows.rows() < states) {
            throw new IllegalArgumentException(
                    "Gaussian HMM: rows="
                            + rows.rows()
                            + " ranges="
                            + range.length
                            + " states="
                            + states
                            + " source="
                            + rows.source());
        }
        Standardisation scaling =
                standardise ? Standardisation.of(rows) : Standardisation.identity(rows.columns());
        Observations observations = Observations.of(rows, lengths, scaling);
        TrainerProvenance trainer = getProvenance();
        BaumWelch.Fit fit = best(observations, scaling, rows.indexOf(volatilityInput));
        RegimeLabelling labelling = label(rows.names(), observations, fit.parameters(), range);
        invocations++;
        return new GaussianHmmModel(
                TrainingRecord.of(GaussianHmmModel.class, rows, data, trainer, run, timeMs),
                scaling,
                fit.parameters(),
                labelling,
                fit.logLikelihoods());
    }

    private BaumWelch.Fit best(Observations rows, Standardisation scaling, int volatility) {
        BaumWelch.Fit best =
                fit(
                        rows,
                        given == null
                                ? StartingPoint.quantiles(rows, states, volatility)
                                : Rescaling.standardised(given, scaling));
        for (int i = 0; i < restarts; i++) {
            BaumWelch.Fit fit = fit(rows, StartingPoint.random(rows, states, seed + i));
            best = fit.logLikelihood() > best.logLikelihood() ? fit : best;
        }
        return best;
    }

    private BaumWelch.Fit fit(Observations rows, HmmParameters from) {
        BaumWelch.Settings settings =
                new BaumWelch.Settings(iterations, tolerance, covariancePrior, 1, threads);
        return accelerated
                ? AcceleratedBaumWelch.fit(rows, from, settings)
                : BaumWelch.fit(rows, from, settings);
    }

    private RegimeLabelling label(
            List<String> names, Observations rows, HmmParameters parameters, double[] range) {
        double[] stress = stress(names, parameters);
        StateProfile profile = StateProfile.of(parameters, rows, range);
        double[] sorted = range.clone();
        Arrays.sort(sorted);
        double p90 = sorted[(int) Math.ceil(0.9 * (sorted.length - 1))];
        return RegimeLabelling.of(stress, profile.occupancy(), profile.mean(), p90);
    }

    private double[] stress(List<String> names, HmmParameters parameters) {
        List<String> known = names.stream().filter(STRESS_INPUTS::contains).toList();
        List<String> stressful = known.isEmpty() ? List.of(volatilityInput) : known;
        double[] stress = new double[states];
        for (int k = 0; k < states; k++) {
            for (String name : stressful) {
                stress[k] += parameters.mean(k, names.indexOf(name)) / stressful.size();
            }
        }
        return stress;
    }

    @Override
    public synchronized int getInvocationCount() {
        return invocations;
    }

    @Override
    public TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }
}

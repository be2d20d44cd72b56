package io.microstream.benchmarks;

import io.microstream.models.features.FeatureMatrix;
import io.microstream.models.hmm.fitting.BaumWelch;
import io.microstream.models.hmm.fitting.StartingPoint;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.isolation.IsolationForestTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Training on many rows by two threads: ms and bytes a forest, a batch of scores, a step of
 * Baum-Welch.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingBenchmark {

    private static final int THREADS = 2;

    /** Holds simulated rows of three inputs. */
    @State(Scope.Benchmark)
    public static class ForestRows {

        @Param("500000")
        public int rows;

        private FeatureMatrix table;
        private IsolationForestModel model;
        private double[] scores;

        @Setup
        public void fill() {
            table = new FeatureMatrix("random", List.of("a", "b", "c"), regimes(rows, 3, 3));
            model = trained();
            scores = new double[rows];
        }

        private IsolationForestModel trained() {
            return new IsolationForestTrainer(100, 256, 0.01, 1, THREADS, 0).train(table);
        }
    }

    /** Rows in sequences of a month of minutes, and where Baum-Welch begins. */
    @State(Scope.Benchmark)
    public static class HmmRows {

        private static final int MONTH = 43_200;

        @Param("500000")
        public int rows;

        /** Shape of the model, as states × inputs. */
        @Param({"3x3", "6x1"})
        public String shape;

        private Observations observations;
        private HmmParameters start;

        @Setup
        public void fill() {
            int states = Integer.parseInt(shape.substring(0, 1));
            int inputs = Integer.parseInt(shape.substring(2));
            int[] lengths = new int[(rows + MONTH - 1) / MONTH];
            Arrays.fill(lengths, MONTH);
            lengths[lengths.length - 1] = rows - (lengths.length - 1) * MONTH;
            observations = new Observations(regimes(rows, inputs, states), inputs, lengths);
            start = StartingPoint.quantiles(observations, states, 0);
        }
    }

    /** A sticky chain whose states differ in level and width. */
    private static double[] regimes(int rows, int inputs, int states) {
        Random random = new Random(1);
        double[] values = new double[rows * inputs];
        int state = 0;
        for (int i = 0; i < values.length; i++) {
            if (i % inputs == 0 && random.nextInt(50) == 0) {
                state = random.nextInt(states);
            }
            values[i] = state + (0.5 + 0.3 * state) * random.nextGaussian();
        }
        return values;
    }

    /** Fits a forest with its threshold and its robust scales. */
    @Benchmark
    public IsolationForestModel forestFit(ForestRows state) {
        return state.trained();
    }

    /** Scores all rows with a trained forest. */
    @Benchmark
    public double[] forestScores(ForestRows state) {
        return state.model.scores(state.table.values(), state.scores, THREADS);
    }

    /** Runs one step of expectation and maximisation. */
    @Benchmark
    public BaumWelch.Fit emStep(HmmRows state) {
        return BaumWelch.fit(
                state.observations, state.start, new BaumWelch.Settings(1, 0, 0, 1, THREADS));
    }
}

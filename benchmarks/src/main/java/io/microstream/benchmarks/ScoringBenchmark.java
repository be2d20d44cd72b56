package io.microstream.benchmarks;

import io.microstream.market.AnomalySignal;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeFilterState;
import io.microstream.models.RegimeScorer;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.inference.OnlineFilter;
import io.microstream.models.isolation.IsolationForestModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Scoring one feature vector: ns and bytes a vector, of the bare models (an isolation forest of 100
 * trees, a filter of four states) and of the scorers that make signals with them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScoringBenchmark {

    private static final int BARS = 3 * 1440;
    private static final int STATES = 4;

    private FeatureVector[] vectors;
    private IsolationForestModel forest;
    private double[][] forestInputs;
    private double[] shares;
    private OnlineFilter filter;
    private double[][] filterInputs;
    private double[] lnAlpha;
    private AnomalyScorer anomalyScorer;
    private RegimeScorer regimeScorer;
    private RegimeFilterState regimeState;
    private int next;
    private long minute;

    @Setup
    public void train() {
        vectors = Simulation.vectors(BARS);
        forest = SimulatedModels.forest(vectors);
        forestInputs = SimulatedModels.inputs(forest.inputs(), vectors);
        shares = new double[forest.inputs().size()];
        GaussianHmmModel hmm = SimulatedModels.hmm(vectors, STATES);
        filter = new OnlineFilter(hmm.parameters());
        lnAlpha = new double[filter.states()];
        filter.start(lnAlpha);
        filterInputs = SimulatedModels.inputs(hmm.inputs(), vectors);
        for (double[] row : filterInputs) {
            hmm.scaling().apply(row, row);
        }
        long time = Simulation.START_MS;
        anomalyScorer =
                AnomalyScorer.open(
                        ModelArtifact.of(forest, "anomaly", "*", 1, time, time, time, "{}"));
        regimeScorer =
                RegimeScorer.open(ModelArtifact.of(hmm, "regime", "*", 1, time, time, time, "{}"));
        regimeState = new RegimeFilterState();
    }

    private int nextRow() {
        int row = next;
        next = (next + 1) % vectors.length;
        return row;
    }

    /** Computes the isolation score of a vector, without attribution. */
    @Benchmark
    public double forestScore() {
        return forest.score(forestInputs[nextRow()]);
    }

    /** Attributes a vector's score to its inputs. */
    @Benchmark
    public double[] forestAttribution() {
        return forest.attribution(forestInputs[nextRow()], shares);
    }

    /** One step of the forward filter. */
    @Benchmark
    public double filterStep() {
        return filter.step(lnAlpha, filterInputs[nextRow()]);
    }

    /** Vector to anomaly signal: score, severity, attribution. */
    @Benchmark
    public Optional<AnomalySignal> anomalySignal() {
        return anomalyScorer.score(vectors[nextRow()]);
    }

    /** Vector to regime signal: filter step, posterior, confirmation by two-minute smoothing. */
    @Benchmark
    public List<RegimeSignal> regimeSignal() {
        FeatureVector vector = vectors[nextRow()];
        long openTimeMs = Simulation.START_MS + 60_000 * minute++;
        return regimeScorer.update(
                regimeState,
                new FeatureVector(
                        vector.symbol(), openTimeMs, vector.schemaVersion(), 0, vector.values()));
    }
}

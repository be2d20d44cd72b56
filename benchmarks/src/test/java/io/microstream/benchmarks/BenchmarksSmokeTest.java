package io.microstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each benchmark method once, in this JVM: it must work, its figures mean nothing. */
class BenchmarksSmokeTest {

    @Test
    void everyBenchmarkRunsWithEachOfItsParameters() throws RunnerException {
        Options once =
                new OptionsBuilder()
                        .include("io\\.microstream\\.benchmarks\\..*")
                        .mode(Mode.SingleShotTime)
                        .param("tradesPerMinute", "20")
                        .param("rows", "2000")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementBatchSize(100)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();

        Collection<RunResult> results = new Runner(once).run();

        Set<String> ran =
                results.stream()
                        .map(result -> result.getParams().getBenchmark())
                        .map(name -> name.substring("io.microstream.benchmarks.".length()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ran)
                .containsExactly(
                        "ArchiveReadBenchmark.row",
                        "BarBuilderBenchmark.merge",
                        "BarBuilderBenchmark.toBar",
                        "BarBuilderBenchmark.trade",
                        "FrameParserBenchmark.frame",
                        "FrameParserBenchmark.jackson",
                        "RestPageBenchmark.page",
                        "RollingFeaturesBenchmark.newBar",
                        "RollingFeaturesBenchmark.revisedBar",
                        "ScoringBenchmark.anomalySignal",
                        "ScoringBenchmark.filterStep",
                        "ScoringBenchmark.forestAttribution",
                        "ScoringBenchmark.forestScore",
                        "ScoringBenchmark.regimeSignal",
                        "TrainingBenchmark.emStep",
                        "TrainingBenchmark.forestFit",
                        "TrainingBenchmark.forestScores");
        assertThat(results).hasSize(17 + 1 + 4 + 1);
    }
}

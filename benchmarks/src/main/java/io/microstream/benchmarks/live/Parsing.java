package io.microstream.benchmarks.live;

import io.microstream.benchmarks.FrameParserBenchmark;
import io.microstream.benchmarks.RestPageBenchmark;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Figure 5: a frame and a page of REST, by JMH. */
final class Parsing {

    private static final double GOAL_NANOS = 1_000;
    private static final double GOAL_BYTES = 100;

    private final Plan plan;
    private final Figures figures;

    Parsing(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    void measure() throws RunnerException {
        RunResult frame = run(FrameParserBenchmark.class);
        String besides = error(frame) + ", " + Figures.load();
        figures.atMost("5 ns a frame", score(frame), GOAL_NANOS, besides);
        figures.atMost("5 bytes allocated a frame", allocated(frame), GOAL_BYTES, "");
        RunResult page = run(RestPageBenchmark.class);
        figures.note("5 µs a REST page of 1,000 trades", score(page), error(page));
        figures.note("5 bytes allocated a trade of it", allocated(page) / 1000, Figures.load());
    }

    private RunResult run(Class<?> benchmark) throws RunnerException {
        boolean quick = plan.equals(Plan.QUICK);
        Options options =
                new OptionsBuilder()
                        .include(benchmark.getName() + "\\.")
                        .param("type", "AGG_TRADE")
                        .addProfiler(GCProfiler.class)
                        .forks(quick ? 1 : 3)
                        .warmupIterations(6)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        return results.iterator().next();
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static String error(RunResult result) {
        return "± %.0f, fastest %.0f"
                .formatted(
                        result.getPrimaryResult().getScoreError(),
                        result.getPrimaryResult().getStatistics().getMin());
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().get("·gc.alloc.rate.norm").getScore();
    }
}

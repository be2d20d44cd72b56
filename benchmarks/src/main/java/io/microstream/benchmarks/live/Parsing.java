package io.microstream.benchmarks.live;

import io.microstream.benchmarks.FrameParserBenchmark;
import io.microstream.benchmarks.RestPageBenchmark;
import io.microstream.binance.wire.FrameType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Measures figure 5: the time and allocation of a frame and of a page of REST, by JMH. */
final class Parsing {

    private static final double GOAL_NANOS = 250;
    private static final double GOAL_BYTES = 100;
    private static final int ROUNDS = 15;
    private static final int FRAMES = 500_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Plan plan;
    private final Figures figures;

    Parsing(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    void measure() throws RunnerException {
        RunResult frame = run(FrameParserBenchmark.class, "frame");
        String besides = spread(frame) + ", " + Figures.load();
        figures.note("5 ns a frame", score(frame), besides);
        figures.atMost(
                "5 ns of processor time a frame",
                processorNanos(),
                GOAL_NANOS,
                "median of 15 rounds");
        figures.atMost("5 bytes allocated a frame", allocated(frame), GOAL_BYTES, "");
        RunResult page = run(RestPageBenchmark.class, "page");
        figures.note("5 µs a REST page of 1,000 trades", score(page), spread(page));
        figures.note("5 bytes allocated a trade of it", allocated(page) / 1000, Figures.load());
    }

    private RunResult run(Class<?> benchmark, String method) throws RunnerException {
        boolean quick = plan.equals(Plan.QUICK);
        Options options =
                new OptionsBuilder()
                        .include(benchmark.getName() + "\\." + method + "$")
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

    /**
     * Measures processor time, which excludes the time that other programs had the processor; JMH
     * measures wall time.
     */
    private static double processorNanos() {
        FrameParserBenchmark frames = new FrameParserBenchmark();
        frames.type = FrameType.AGG_TRADE;
        frames.generate();
        double[] nanos = new double[2 * ROUNDS];
        for (int round = 0; round < nanos.length; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < FRAMES; i++) {
                frames.frame();
            }
            nanos[round] = (THREADS.getCurrentThreadCpuTime() - before) / (double) FRAMES;
        }
        return Arrays.stream(nanos, ROUNDS, nanos.length).sorted().toArray()[ROUNDS / 2];
    }

    /** Returns the median of the iterations' means, so that a starved iteration does not count. */
    private static double score(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static String spread(RunResult result) {
        Statistics iterations = result.getPrimaryResult().getStatistics();
        return "median of %d iterations, %.0f to %.0f"
                .formatted(iterations.getN(), iterations.getMin(), iterations.getMax());
    }

    private static double allocated(RunResult result) {
        Map<String, ?> besides = result.getSecondaryResults();
        for (Map.Entry<String, ?> each : besides.entrySet()) {
            if (each.getKey().endsWith("gc.alloc.rate.norm")
                    && each.getValue() instanceof Result<?> bytes) {
                return bytes.getScore();
            }
        }
        throw new IllegalStateException("JMH counts no allocation: given=" + besides.keySet());
    }
}

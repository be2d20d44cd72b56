package io.microstream.benchmarks.live;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long it takes from a trade to the page, through everything: an exchange in a process
 * of its own, WebSocket, the job with its provisional results, PostgreSQL, the live server, a
 * WebSocket client, and the page in a browser where there is one.
 */
public final class LiveLatency {

    private static final String USAGE =
            "usage: benchmarks/live-latency [--smoke] [--rate 1000] [--seconds 60] [--warm-up 20]"
                    + " [--provisional 1s|250ms] [--no-browser]";

    private LiveLatency() {}

    /** Exits 1 if a goal was missed, 2 for bad usage. */
    public static void main(String[] args) throws Exception {
        Figures figures = new Figures(!List.of(args).contains("--smoke"));
        for (LatencyPlan plan : plans(args)) {
            System.out.printf(
                    Locale.ROOT,
                    "%n%,.0f trades/s over %d symbols, provisional every %d ms, %d s after %d s of warm-up%n",
                    plan.rate(),
                    LatencyPlan.SYMBOLS.size(),
                    plan.provisional().toMillis(),
                    plan.measured().toSeconds(),
                    plan.warmUp().toSeconds());
            figures.head();
            new LatencyRun(plan, figures).measure();
        }
        System.out.printf(
                "%d processors, Java %s, %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Figures.load());
        System.exit(figures.missed() ? 1 : 0);
    }

    private static List<LatencyPlan> plans(String[] args) {
        LatencyPlan plan = LatencyPlan.USUAL;
        boolean both = true;
        try {
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--smoke" -> {
                        plan = LatencyPlan.SMOKE;
                        both = false;
                    }
                    case "--rate" -> plan = plan.atRate(Double.parseDouble(args[++i]));
                    case "--seconds" -> plan = plan.lasting(Integer.parseInt(args[++i]));
                    case "--warm-up" -> plan = plan.warm(Integer.parseInt(args[++i]));
                    case "--no-browser" -> plan = plan.withoutBrowser();
                    case "--provisional" -> {
                        plan = plan.every(Duration.parse(iso(args[++i])));
                        both = false;
                    }
                    default -> throw new IllegalArgumentException("option=" + args[i]);
                }
            }
        } catch (RuntimeException e) {
            System.err.println(USAGE + ": given=" + String.join(" ", args));
            System.exit(2);
        }
        return both ? List.of(plan, plan.every(Duration.ofMillis(250))) : List.of(plan);
    }

    private static String iso(String text) {
        return text.endsWith("ms")
                ? "PT" + Integer.parseInt(text.substring(0, text.length() - 2)) / 1000.0 + "s"
                : "PT" + text;
    }
}

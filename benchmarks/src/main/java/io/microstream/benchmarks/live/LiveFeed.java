package io.microstream.benchmarks.live;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures the live feed and prints a table of figures and goals. */
public final class LiveFeed {

    private static final String USAGE =
            "usage: benchmarks/live-feed [--quick|--smoke] [FIGURE…], 1 to 6";

    private LiveFeed() {}

    /**
     * Measures the figures named in {@code args}, or all; exits 1 if a goal was missed, 2 for bad
     * usage.
     */
    public static void main(String[] args) throws Exception {
        Set<String> chosen =
                List.of(args).stream()
                        .filter(arg -> !arg.equals("--quick") && !arg.equals("--smoke"))
                        .collect(Collectors.toSet());
        if (!List.of("1", "2", "3", "4", "5", "6").containsAll(chosen)) {
            System.err.println(USAGE + ": given=" + String.join(" ", args));
            System.exit(2);
        }
        boolean smoke = List.of(args).contains("--smoke");
        Plan full = List.of(args).contains("--quick") ? Plan.QUICK : Plan.FULL;
        Plan plan = smoke ? Plan.SMOKE : full;
        Figures figures = new Figures(!smoke);
        figures.head();
        for (String figure : List.of("1", "2", "3", "4", "5", "6")) {
            if (chosen.isEmpty() || chosen.contains(figure)) {
                measure(figure, plan, figures);
            }
        }
        System.out.printf(
                "%d processors, Java %s, %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Figures.load());
        System.exit(figures.missed() ? 1 : 0);
    }

    private static void measure(String figure, Plan plan, Figures figures) throws Exception {
        switch (figure) {
            case "1" -> new SustainedBars(plan, figures).measure();
            case "2" -> new SustainedJob(plan, figures).measure();
            case "3" -> new BlockedDownstream(plan, figures).measure();
            case "4" -> new Backfill(figures).measure();
            case "5" -> new Parsing(plan, figures).measure();
            default -> new BareTransport(plan, figures).measure();
        }
    }
}

package io.microstream.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs the tasks named on standard input, one per line, and answers each with a line {@code seconds
 * processor-seconds figure…}; {@code benchmarks/peers/run} is the one who asks.
 *
 * <pre>
 * fit                     a forest, with contamination          answers its threshold
 * score FILE              all rows, by the last forest          writes the scores
 * one N                   N rows, one by one                    answers seconds of one
 * em N                    N steps from the given start          answers seconds of one, log likelihoods
 * filter N                N rows, one by one                    answers seconds of one
 * filtered FILE           the first rows by the filter          writes p(state)
 * foreign TREES FILE      all rows, by the peer's own trees     writes the scores
 * </pre>
 *
 * Files hold doubles, least significant byte first.
 */
public final class OurSide {

    private OurSide() {}

    /**
     * Reads orders until there are no more.
     *
     * @param args rows (a file), number of inputs, parameters of a hidden Markov model (a file),
     *     threads
     */
    public static void main(String[] args) throws IOException {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        work(args, orders, System.out);
    }

    static void work(String[] args, BufferedReader orders, PrintStream answers) throws IOException {
        double[] rows = Doubles.read(Path.of(args[0]));
        int inputs = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[3]);
        ForestWork forest = new ForestWork(rows, inputs, threads);
        HmmWork hmm = new HmmWork(rows, inputs, Doubles.read(Path.of(args[2])), threads);
        answers.println("ready");
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            answers.println(timed(forest, hmm, order.split(" ")));
        }
    }

    private static String timed(ForestWork forest, HmmWork hmm, String[] order) throws IOException {
        long processor = processorNanos();
        long start = System.nanoTime();
        double[] figures = done(forest, hmm, order);
        double seconds = (System.nanoTime() - start) / 1e9;
        double processorSeconds = (processorNanos() - processor) / 1e9;
        if (order[0].equals("score")) {
            forest.writeScores(Path.of(order[1]));
        }
        StringBuilder answer = new StringBuilder().append(seconds).append(' ');
        answer.append(processorSeconds);
        Arrays.stream(figures).forEach(figure -> answer.append(' ').append(figure));
        return answer.toString();
    }

    private static double[] done(ForestWork forest, HmmWork hmm, String[] order)
            throws IOException {
        switch (order[0]) {
            case "fit":
                return new double[] {forest.fit()};
            case "score":
                return forest.score();
            case "one":
                return new double[] {forest.one(Integer.parseInt(order[1]))};
            case "foreign":
                forest.foreign(Path.of(order[1]), Path.of(order[2]));
                return new double[0];
            case "em":
                return hmm.steps(Integer.parseInt(order[1]));
            case "filter":
                return new double[] {hmm.filter(Integer.parseInt(order[1]))};
            case "filtered":
                hmm.filtered(Path.of(order[1]));
                return new double[0];
            default:
                throw new IllegalArgumentException("Unknown order: order=" + order[0]);
        }
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}

package io.microstream.training.evaluation.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Probabilities of going from one label to another within a minute.
 *
 * @param labels names of rows and columns
 * @param probabilities {@code [from][to]}; rows sum to 1, or are NaN if the label was never left or
 *     kept
 * @param steps counted from each label; empty for a model's own probabilities
 */
public record Transitions(
        List<String> labels, List<List<Double>> probabilities, List<Integer> steps) {

    public Transitions {
        labels = List.copyOf(labels);
        probabilities = probabilities.stream().map(List::copyOf).toList();
        steps = List.copyOf(steps);
    }

    /** Returns a matrix {@code [from][to]} of probabilities, without counted steps. */
    public static Transitions of(List<String> labels, double[] matrix) {
        int n = labels.size();
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int from = i * n;
            rows.add(IntStream.range(0, n).mapToObj(j -> matrix[from + j]).toList());
        }
        return new Transitions(labels, rows, List.of());
    }

    /**
     * Counts the steps between consecutive minutes.
     *
     * @param path ordinal of the label of each minute; negative where there is none
     * @param begins whether a minute begins a sequence, so that no step leads to it
     */
    public static Transitions counted(List<String> labels, byte[] path, boolean[] begins) {
        int n = labels.size();
        int[] counts = new int[n * n];
        for (int i = 1; i < path.length; i++) {
            if (!begins[i] && path[i] >= 0 && path[i - 1] >= 0) {
                counts[path[i - 1] * n + path[i]]++;
            }
        }
        List<Integer> steps = new ArrayList<>();
        double[] shares = new double[n * n];
        for (int i = 0; i < n; i++) {
            int from = IntStream.range(i * n, (i + 1) * n).map(cell -> counts[cell]).sum();
            steps.add(from);
            for (int j = 0; j < n; j++) {
                shares[i * n + j] = from == 0 ? Double.NaN : counts[i * n + j] / (double) from;
            }
        }
        return new Transitions(labels, of(labels, shares).probabilities(), steps);
    }
}

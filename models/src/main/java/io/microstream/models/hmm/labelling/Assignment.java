package io.microstream.models.hmm.labelling;

import java.util.Arrays;

/**
 * Computes the one-to-one assignment of rows to columns with the least sum of costs, in O(n³).
 *
 * <p>Rows are added one after the other; each time the cheapest path of reassignments is found with
 * potentials u and v, which keep every cost − u − v ≥ 0 and those of the assigned pairs 0. Source:
 * H. W. Kuhn, The Hungarian method for the assignment problem, Naval Res. Logist. Q. 2, 1955, in
 * the form of R. Jonker and A. Volgenant, 1987.
 */
public final class Assignment {

    private final int n;
    private final double[][] cost;
    private final double[] u;
    private final double[] v;
    private final int[] rowOf;
    private final int[] before;

    private Assignment(double[][] cost) {
        n = cost.length;
        this.cost = cost;
        u = new double[n + 1];
        v = new double[n + 1];
        rowOf = new int[n + 1];
        before = new int[n + 1];
    }

    /**
     * Computes the cheapest assignment.
     *
     * @param cost {@code [row][column]}, finite, as many rows as columns
     * @return the column of each row
     * @throws IllegalArgumentException if costs are not a finite square
     */
    public static int[] cheapest(double[][] cost) {
        for (double[] row : cost) {
            if (row.length != cost.length || !Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "Costs of an assignment must be a finite square: rows="
                                + cost.length
                                + " row="
                                + Arrays.toString(row));
            }
        }
        return new Assignment(cost).run();
    }

    /**
     * Adds all rows; internally rows and columns count from 1, and 0 is the row to be added, and no
     * column.
     */
    private int[] run() {
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            for (int column = freeColumn(); column != 0; column = before[column]) {
                rowOf[column] = rowOf[before[column]];
            }
        }
        int[] columns = new int[n];
        for (int column = 1; column <= n; column++) {
            columns[rowOf[column] - 1] = column - 1;
        }
        return columns;
    }

    /** Returns the column where the cheapest path from row {@code rowOf[0]} ends. */
    private int freeColumn() {
        double[] least = new double[n + 1];
        boolean[] visited = new boolean[n + 1];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        int column = 0;
        while (rowOf[column] != 0) {
            visited[column] = true;
            relax(column, least, visited);
            int next = nearest(least, visited);
            shift(least[next], least, visited);
            column = next;
        }
        return column;
    }

    private void relax(int column, double[] least, boolean[] visited) {
        int row = rowOf[column];
        for (int j = 1; j <= n; j++) {
            double reduced = cost[row - 1][j - 1] - u[row] - v[j];
            if (!visited[j] && reduced < least[j]) {
                least[j] = reduced;
                before[j] = column;
            }
        }
    }

    private int nearest(double[] least, boolean[] visited) {
        int nearest = 0;
        for (int j = 1; j <= n; j++) {
            boolean nearer = nearest == 0 || least[j] < least[nearest];
            nearest = !visited[j] && nearer ? j : nearest;
        }
        return nearest;
    }

    private void shift(double by, double[] least, boolean[] visited) {
        for (int j = 0; j <= n; j++) {
            if (visited[j]) {
                u[rowOf[j]] += by;
                v[j] -= by;
            } else {
                least[j] -= by;
            }
        }
    }
}

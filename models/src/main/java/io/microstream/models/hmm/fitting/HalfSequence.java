package io.microstream.models.hmm.fitting;

import io.microstream.models.hmm.inference.Emissions;
import io.microstream.models.hmm.inference.HmmParameters;
import java.util.Arrays;

/**
 * One half of a sequence under scaled Baum-Welch: {@link #outward} from its end of the sequence to
 * the middle, then {@link #homeward} from the middle back, with the posteriors.
 *
 * <p>With {@code b[t]} the densities of row t over their largest and A the transitions, the forward
 * variables are {@code a[t] = b[t] ∘ Aᵀ a[t−1]} and the arrivals, which look back from the last
 * row, {@code u[t] = b[t] ∘ A u[t+1]}: one recursion, with A transposed. So the second half of a
 * sequence is the first one of its mirror image, and both run at the same time. Where they meet,
 * they exchange their last lines; homeward, {@code w} is what the other side knows of a row, and
 * the posterior of row t is {@code line[t] ∘ w[t]}, up to a factor that is the same for all rows.
 *
 * <p>Lines are not normalised row by row, which would put a division and a logarithm into the
 * recursion. When one falls below {@link ScaledRecursion#SMALL}, it and the row's weights are
 * multiplied by a power of two, exactly; so the factor stays the same on the way back.
 *
 * <p>Memory: 2 K doubles a row of a block of {@value #BLOCK} rows; what lies outside the last block
 * is computed a second time on the way back, from the line before it. Not thread-safe.
 */
final class HalfSequence {

    static final int BLOCK = 1 << 18;

    private static final int STRIP = Emissions.STRIP;
    private static final double LN_2 = StrictMath.log(2);

    private final int states;
    private final int dimension;
    private final int size;
    private final int moments;
    private final boolean mirrored;

    /**
     * Lines of the current block, {@code line[1 + row][state]}, after the entry line; weights
     * likewise.
     */
    private double[] line = new double[0];

    private double[] weight = new double[0];
    private final double[] posterior;
    private final double[] moment;
    private final double[] w;

    /** Sums over rows of line ⊗ arrival of the next row, and of posterior ⊗ moments. */
    private final double[] pairs;

    private final double[] statistic;

    private Emissions emissions;
    private ScaledRecursion recursion;
    private double[] x;
    private int end;
    private int rows;
    private double[] entries;
    private double logScale;

    /** Creates a workspace; {@code mirrored} for the second half of sequences. */
    HalfSequence(int states, int dimension, boolean mirrored) {
        this.states = states;
        this.dimension = dimension;
        this.mirrored = mirrored;
        size = Tiles.padded(states);
        moments = Tiles.padded(1 + dimension + dimension * (dimension + 1) / 2);
        posterior = new double[STRIP * size];
        moment = new double[STRIP * moments];
        w = new double[size];
        pairs = new double[size * size];
        statistic = new double[size * moments];
    }

    /**
     * Runs the first pass, from this half's end of the sequence to the middle.
     *
     * @param transition as the recursion uses it
     * @param end the sequence's row at which this half begins
     * @param rows of this half, at least 1
     * @param prediction of the state at {@code end} before its row is seen, {@code [state]}
     */
    void outward(
            HmmParameters parameters,
            double[] transition,
            double[] x,
            int end,
            int rows,
            double[] prediction) {
        this.emissions = new Emissions(parameters);
        this.recursion = ScaledRecursion.of(transition, states, mirrored);
        this.x = x;
        this.end = end;
        this.rows = rows;
        int blocks = (rows + BLOCK - 1) / BLOCK;
        entries = new double[blocks * size];
        System.arraycopy(prediction, 0, entries, 0, states);
        makeRoom(Math.min(rows, BLOCK));
        logScale = 0;
        Arrays.fill(pairs, 0);
        Arrays.fill(statistic, 0);
        for (int block = 0; block < blocks; block++) {
            fill(block);
            if (block + 1 < blocks) {
                System.arraycopy(line, BLOCK * size, entries, (block + 1) * size, size);
            }
        }
    }

    private void makeRoom(int rows) {
        if (line.length < (rows + 1) * size) {
            line = new double[(rows + 1) * size];
            weight = new double[(rows + 1) * size];
        }
    }

    private int length(int block) {
        return Math.min(BLOCK, rows - block * BLOCK);
    }

    /** Returns the offset in x of a row that is counted from this half's end of the sequence. */
    private int place(int row) {
        return (mirrored ? end - row : end + row) * dimension;
    }

    /** Computes weights and lines of a block's rows, from its entry on. */
    private void fill(int block) {
        int length = length(block);
        if (block == 0) {
            Arrays.fill(line, 0, size, 0);
        } else {
            System.arraycopy(entries, block * size, line, 0, size);
        }
        for (int from = 0; from < length; from += STRIP) {
            int to = Math.min(length, from + STRIP);
            logScale +=
                    emissions.weights(
                            x,
                            place(block * BLOCK + from),
                            mirrored ? -dimension : dimension,
                            to - from,
                            weight,
                            (from + 1) * size,
                            size);
            if (block == 0 && from == 0) {
                begin();
                recur(1, to);
            } else {
                recur(from, to);
            }
        }
    }

    /** Computes the line of the outermost row, whose prediction is given. */
    private void begin() {
        for (int k = 0; k < size; k++) {
            line[size + k] = entries[k] * weight[size + k];
        }
        rescaleIfSmall(size);
    }

    private void recur(int from, int to) {
        int row = from;
        while (row < to) {
            row = recursion.outward(line, weight, row, to);
            rescaleIfSmall(row * size);
        }
    }

    private void rescaleIfSmall(int at) {
        double sum = 0;
        for (int k = at; k < at + size; k++) {
            sum += line[k];
        }
        if (sum < ScaledRecursion.SMALL) {
            rescale(at, sum);
        }
    }

    private void rescale(int at, double sum) {
        int exponent = Math.getExponent(sum);
        double power = Math.scalb(1.0, -exponent);
        for (int k = at; k < at + size; k++) {
            line[k] *= power;
            weight[k] *= power;
        }
        logScale += exponent * LN_2;
    }

    /** Copies the line of the innermost row, where the other half begins. */
    void innermost(double[] into) {
        System.arraycopy(line, length((rows - 1) / BLOCK) * size, into, 0, states);
    }

    /**
     * Returns the logarithm of all factors taken out: powers of two and the rows' largest
     * densities.
     */
    double logScale() {
        return logScale;
    }

    /**
     * Runs the second pass, from the middle back to this half's end of the sequence.
     *
     * @param known what the other half knows of the innermost row, {@code [state]}
     */
    void homeward(double[] known, double[] transition, SufficientStatistics into) {
        double scale = logScale;
        System.arraycopy(known, 0, w, 0, states);
        int last = (rows - 1) / BLOCK;
        for (int block = last; block >= 0; block--) {
            if (block < last) {
                fill(block);
            }
            int length = length(block);
            for (int from = (length - 1) / STRIP * STRIP; from >= 0; from -= STRIP) {
                int to = Math.min(length, from + STRIP);
                normalise(to * size);
                recursion.homeward(line, weight, from, to, w, posterior);
                fillMoments(place(block * BLOCK + from), to - from);
                Tiles.addProducts(posterior, 0, size, moment, 0, moments, to - from, statistic);
                int at = from * size;
                Tiles.addProducts(line, at, size, weight, at + size, size, to - from, pairs);
            }
        }
        logScale = scale;
        hand(transition, into);
    }

    /**
     * Scales the posterior of a row to sum to 1, and thereby, up to rounding, that of all others.
     */
    private void normalise(int at) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += line[at + k] * w[k];
        }
        for (int k = 0; k < size; k++) {
            w[k] /= sum;
        }
    }

    /** Computes 1, x_i and x_i x_j, j ≤ i, of each row. */
    private void fillMoments(int place, int count) {
        int stride = mirrored ? -dimension : dimension;
        for (int row = 0; row < count; row++, place += stride) {
            int at = row * moments;
            moment[at++] = 1;
            for (int i = place; i < place + dimension; i++) {
                moment[at++] = x[i];
            }
            for (int i = place; i < place + dimension; i++) {
                for (int j = place; j <= i; j++) {
                    moment[at++] = x[i] * x[j];
                }
            }
        }
    }

    private void hand(double[] transition, SufficientStatistics into) {
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                int pair = mirrored ? Tiles.index(j, i, size) : Tiles.index(i, j, size);
                into.transition[i * states + j] += pairs[pair] * transition[i * states + j];
            }
            into.start[i] += mirrored ? 0 : posterior[i];
            into.posterior[i] += statistic[Tiles.index(i, 0, moments)];
            int next = 1;
            for (int a = 0; a < dimension; a++) {
                into.sum[i * dimension + a] += statistic[Tiles.index(i, next++, moments)];
            }
            for (int a = 0; a < dimension; a++) {
                for (int b = 0; b <= a; b++) {
                    into.product[(i * dimension + a) * dimension + b] +=
                            statistic[Tiles.index(i, next++, moments)];
                }
            }
        }
    }
}

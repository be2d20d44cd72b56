package io.microstream.training.history;

import io.microstream.market.RollingFeatures;
import io.microstream.models.features.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * The rows to train on, never sampled at random: warm, with every input defined, in time order,
 * symbol after symbol.
 *
 * <p>A sequence ends where the next minute is missing, where a row is left out, and at the end of a
 * UTC month, so that a gap is never learned as a transition and long histories can be trained on by
 * several threads.
 *
 * @param matrix the rows
 * @param lengths rows in each sequence, in order
 * @param firstMs open time of the earliest row
 * @param lastMs open time of the latest
 */
public record TrainingRows(FeatureMatrix matrix, int[] lengths, long firstMs, long lastMs) {

    /** Returns the number of rows, over all sequences. */
    public int rows() {
        return matrix.rows();
    }

    /**
     * Selects the rows of an interval that may be trained on.
     *
     * @param fromMs first open time
     * @param toMs last open time, exclusive
     * @param days which days since the epoch to take
     */
    public static TrainingRows select(
            List<SymbolHistory> symbols,
            List<String> inputs,
            long fromMs,
            long toMs,
            IntPredicate days) {
        Selection selection = new Selection(inputs, fromMs, toMs, days);
        symbols.forEach(selection::count);
        selection.allocate();
        symbols.forEach(selection::fill);
        return selection.rows(symbols);
    }

    /** Applies one rule in two passes: the first counts rows, the second fills them in. */
    private static final class Selection {

        private final List<String> inputs;
        private final int[] positions;
        private final long fromMs;
        private final long toMs;
        private final IntPredicate days;
        private double[] values;
        private int[] lengths = new int[16];
        private int sequences;
        private int rows;
        private long firstMs = Long.MAX_VALUE;
        private long lastMs = Long.MIN_VALUE;

        Selection(List<String> inputs, long fromMs, long toMs, IntPredicate days) {
            this.inputs = inputs.stream().sorted().toList();
            this.positions =
                    this.inputs.stream().mapToInt(RollingFeatures.SCHEMA::indexOf).toArray();
            this.fromMs = fromMs;
            this.toMs = toMs;
            this.days = days;
        }

        void count(SymbolHistory history) {
            pass(history, false);
        }

        void fill(SymbolHistory history) {
            pass(history, true);
        }

        void allocate() {
            values = new double[Math.multiplyExact(rows, positions.length)];
            rows = 0;
        }

        private void pass(SymbolHistory history, boolean fill) {
            boolean isOpen = false;
            int month = -1;
            int end = history.firstRowFrom(toMs);
            for (int row = history.firstRowFrom(fromMs); row < end; row++) {
                long openTimeMs = history.openTimeMs(row);
                int day = Math.toIntExact(openTimeMs / TrainingPeriod.DAY_MS);
                if (!days.test(day) || !isUsable(history, row)) {
                    isOpen = false;
                    continue;
                }
                if (fill) {
                    int own = TrainingPeriod.month(openTimeMs);
                    isOpen &= own == month && history.followsItsPredecessor(row);
                    take(history, row, isOpen);
                    isOpen = true;
                    month = own;
                }
                rows++;
            }
        }

        private boolean isUsable(SymbolHistory history, int row) {
            boolean usable = history.isWarm(row);
            for (int position : positions) {
                usable &= Double.isFinite(history.value(row, position));
            }
            return usable;
        }

        private void take(SymbolHistory history, int row, boolean continues) {
            for (int i = 0; i < positions.length; i++) {
                values[rows * positions.length + i] = history.value(row, positions[i]);
            }
            if (!continues) {
                lengths =
                        sequences < lengths.length
                                ? lengths
                                : Arrays.copyOf(lengths, 2 * sequences);
                sequences++;
            }
            lengths[sequences - 1]++;
            firstMs = Math.min(firstMs, history.openTimeMs(row));
            lastMs = Math.max(lastMs, history.openTimeMs(row));
        }

        TrainingRows rows(List<SymbolHistory> symbols) {
            String source =
                    String.format(
                            Locale.ROOT,
                            "klines %s %s to %s",
                            symbols.stream().map(SymbolHistory::symbol).toList(),
                            rows == 0 ? "-" : TrainingPeriod.minute(firstMs),
                            rows == 0 ? "-" : TrainingPeriod.minute(lastMs));
            FeatureMatrix matrix = new FeatureMatrix(source, inputs, values);
            return new TrainingRows(matrix, Arrays.copyOf(lengths, sequences), firstMs, lastMs);
        }
    }
}

package io.microstream.training.candidates;

import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingException;
import io.microstream.training.history.TrainingPeriod;
import io.microstream.training.history.TrainingRows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Thrown when training ran but its result must not be used. The message is one line; {@link
 * #candidates} holds what was tried and the reasons against each.
 */
public final class TrainingRefusedException extends TrainingException {

    private static final long serialVersionUID = 1L;

    /** Beyond this number, symbols are counted instead of named. */
    private static final int FEW = 5;

    /** Differences of log_volatility below this are rounding errors of the decay. */
    private static final double EQUAL = 1e-9;

    private final transient List<RegimeCandidate> candidates;

    private TrainingRefusedException(String message, List<RegimeCandidate> candidates) {
        super(message);
        this.candidates = List.copyOf(candidates);
    }

    /** Refuses because no candidate is sound; the report's table has the reasons against each. */
    static TrainingRefusedException noneQualifies(
            List<RegimeCandidate> candidates, List<SymbolHistory> symbols, TrainingRows rows) {
        double[] values = rows.matrix().column(0).clone();
        int commonest = commonest(values);
        String names =
                symbols.size() > FEW
                        ? symbols.size() + " symbols"
                        : symbols.stream()
                                .map(SymbolHistory::symbol)
                                .collect(Collectors.joining(", "));
        String message =
                2 * commonest > values.length
                        ? String.format(
                                Locale.ROOT,
                                "Training refused: the %s: log_volatility has one value in"
                                        + " %,d of %,d rows; there are no regimes to tell apart. Give other klines"
                                        + " or another period with --from and --to",
                                String.format(
                                        Locale.ROOT,
                                        symbols.stream().allMatch(SymbolHistory::isStill)
                                                ? "price of %s does not move"
                                                : "volatility of %s does not change",
                                        names),
                                commonest,
                                values.length)
                        : String.format(
                                Locale.ROOT,
                                "Training refused: %s has no distinct, lasting regimes in %,d rows from %s to %s."
                                        + " The table of report.md in --out has the reasons. Give klines of a longer"
                                        + " period",
                                names,
                                values.length,
                                TrainingPeriod.minute(rows.firstMs()),
                                TrainingPeriod.minute(rows.lastMs()));
        return new TrainingRefusedException(message, candidates);
    }

    /** Returns how often the most frequent value occurs. */
    private static int commonest(double[] values) {
        Arrays.sort(values);
        int commonest = 0;
        int run = 0;
        for (int i = 0; i < values.length; i++) {
            run = i > 0 && values[i] - values[i - 1] < EQUAL ? run + 1 : 1;
            commonest = Math.max(commonest, run);
        }
        return commonest;
    }

    /** Refuses because the regimes of the new model do not mean the same as the champion's. */
    public static TrainingRefusedException notTheChampions(
            ChampionComparison champion, List<RegimeCandidate> candidates) {
        return new TrainingRefusedException(
                "Training refused: the new model does not preserve the champion's regimes. champion="
                        + champion.championId()
                        + " version="
                        + champion.championVersion()
                        + " reasons="
                        + champion.reasons()
                        + " See the report; train without --champion to start anew.",
                candidates);
    }

    /** Returns all candidates that were tried, by number of states, then by start. */
    public List<RegimeCandidate> candidates() {
        return candidates;
    }
}

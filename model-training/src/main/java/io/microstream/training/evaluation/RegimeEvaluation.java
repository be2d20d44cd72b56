package io.microstream.training.evaluation;

import io.microstream.market.FeatureSchema;
import io.microstream.market.Regime;
import io.microstream.market.RollingFeatures;
import io.microstream.models.features.OrderedTasks;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.inference.Observations;
import io.microstream.models.hmm.inference.Viterbi;
import io.microstream.training.evaluation.statistics.LumpedChain;
import io.microstream.training.evaluation.statistics.MonthlyFit;
import io.microstream.training.evaluation.statistics.PriceWithRegimes;
import io.microstream.training.evaluation.statistics.QuantityByRegime;
import io.microstream.training.evaluation.statistics.RegimeDurations;
import io.microstream.training.evaluation.statistics.StationaryBootstrap;
import io.microstream.training.evaluation.statistics.Transitions;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Evaluates the regimes of scored rows. */
final class RegimeEvaluation {

    private static final double BP = 1e4;
    private static final long HOUR_MS = 3_600_000;
    private static final int MOMENTUM = RollingFeatures.SCHEMA.indexOf(FeatureSchema.MOMENTUM);
    private static final int RANGE = RollingFeatures.SCHEMA.indexOf(FeatureSchema.VOLATILITY_PROXY);

    private final ScoredRows rows;
    private final SymbolHistory history;
    private final String part;

    /**
     * Creates an evaluation of one part of the data.
     *
     * @param part {@code training} or {@code hold-out}
     */
    RegimeEvaluation(ScoredRows rows, String part) {
        this.rows = rows;
        this.history = rows.history();
        this.part = part;
    }

    PriceWithRegimes price() {
        return PriceWithRegimes.of(
                part,
                IntStream.range(0, rows.rows()).mapToLong(rows::openTimeMs).toArray(),
                values(i -> history.close(rows.first() + i)),
                rows.confirmed());
    }

    /** Returns occupancy and forward volatility by published regime. */
    RegimeFigures figures() {
        double[] forward = forward();
        int[] own =
                IntStream.range(0, rows.rows())
                        .filter(i -> rows.regime()[i] != ScoredRows.NONE)
                        .toArray();
        byte[] labels = new byte[own.length];
        double[] after = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            labels[i] = rows.regime()[own[i]];
            after[i] = forward[own[i]];
        }
        return RegimeFigures.of(labels, after, 0, own.length);
    }

    private double[] forward() {
        return ForwardVolatility.of(history, rows.first(), rows.first() + rows.rows());
    }

    Transitions transitions() {
        return Transitions.counted(StateOrder.REGIMES, rows.confirmed(), begins());
    }

    private boolean[] begins() {
        boolean[] begins = new boolean[rows.rows()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = rows.begins(i);
        }
        return begins;
    }

    /**
     * Returns the durations of confirmed regimes beside those that the model implies, one for each
     * regime.
     */
    List<RegimeDurations> durations(LumpedChain chain) {
        List<List<Integer>> runs = new ArrayList<>();
        int[] cut = new int[Regime.values().length];
        for (Regime regime : Regime.values()) {
            runs.add(new ArrayList<>());
        }
        byte[] labels = rows.confirmed();
        int begin = 0;
        for (int i = 1; i <= labels.length; i++) {
            boolean ends = i == labels.length || labels[i] != labels[begin] || rows.begins(i);
            if (ends && labels[begin] != ScoredRows.NONE) {
                runs.get(labels[begin]).add(i - begin);
                boolean isCut = i == labels.length || rows.begins(i) || rows.begins(begin);
                cut[labels[begin]] += isCut ? 1 : 0;
            }
            begin = ends ? i : begin;
        }
        List<RegimeDurations> durations = new ArrayList<>();
        for (Regime regime : Regime.values()) {
            int k = regime.ordinal();
            int[] own = runs.get(k).stream().mapToInt(Integer::intValue).toArray();
            durations.add(RegimeDurations.of(regime, own, cut[k], chain));
        }
        return durations;
    }

    /** Returns a bootstrap over the hours of these rows. */
    StationaryBootstrap bootstrap(long seed) {
        int[] hours = hours();
        return new StationaryBootstrap(hours[hours.length - 1] + 1, seed);
    }

    private int[] hours() {
        long begin = rows.openTimeMs(0);
        return IntStream.range(0, rows.rows())
                .map(i -> (int) ((rows.openTimeMs(i) - begin) / HOUR_MS))
                .toArray();
    }

    /**
     * Returns return, range and volume of the minute itself, and the volatility after it, by
     * regime.
     */
    List<QuantityByRegime> quantities(StationaryBootstrap bootstrap, int threads) {
        int[] hours = hours();
        List<String> names =
                List.of(
                        "return of the minute",
                        "range of the minute",
                        "volume of the minute",
                        "realised volatility of the next 15 minutes");
        List<String> units = List.of("bp", "bp", "base asset", "bp");
        return OrderedTasks.run(
                threads,
                names.size(),
                i ->
                        QuantityByRegime.of(
                                names.get(i),
                                units.get(i),
                                quantity(i),
                                rows.regime(),
                                hours,
                                bootstrap));
    }

    private double[] quantity(int index) {
        return switch (index) {
            case 0 -> values(i -> BP * history.value(rows.first() + i, MOMENTUM));
            case 1 -> values(i -> BP * history.value(rows.first() + i, RANGE));
            case 2 -> values(i -> history.volume(rows.first() + i));
            default -> forward();
        };
    }

    private double[] values(IntToDoubleFunction value) {
        return IntStream.range(0, rows.rows()).mapToDouble(value).toArray();
    }

    /** Counts the steps between states on the most probable path. */
    Transitions statePath(GaussianHmmModel model, StateOrder order) {
        long end = rows.openTimeMs(rows.rows() - 1) + 1;
        TrainingRows own =
                TrainingRows.select(
                        List.of(history), model.inputs(), rows.openTimeMs(0), end, day -> true);
        int[] path =
                Viterbi.decode(
                                model.parameters(),
                                Observations.of(own.matrix(), own.lengths(), model.scaling()))
                        .states();
        byte[] places = order.places();
        byte[] states = new byte[path.length];
        for (int i = 0; i < path.length; i++) {
            states[i] = places[path[i]];
        }
        boolean[] begins = new boolean[path.length];
        int first = 0;
        for (int length : own.lengths()) {
            begins[first] = true;
            first += length;
        }
        return Transitions.counted(order.names(), states, begins);
    }

    List<MonthlyFit> fit() {
        List<MonthlyFit> months = new ArrayList<>();
        for (Months.Month month : Months.of(rows)) {
            double[] known =
                    Arrays.stream(rows.surprise(), month.from(), month.to())
                            .filter(surprise -> !Double.isNaN(surprise))
                            .toArray();
            if (known.length > 0) {
                months.add(
                        new MonthlyFit(
                                part,
                                month.name(),
                                known.length,
                                -Arrays.stream(known).sum() / known.length));
            }
        }
        return months;
    }
}

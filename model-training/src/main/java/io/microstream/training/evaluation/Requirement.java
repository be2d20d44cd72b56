package io.microstream.training.evaluation;

import io.microstream.market.Regime;
import io.microstream.training.candidates.Soundness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A measured figure and the limit it must keep for a model to be fit for service.
 *
 * @param symbol whose hold-out
 * @param name what is measured
 * @param value measured; NaN if it cannot be
 * @param limit what is required, in words
 * @param passed whether it is met; false if it cannot be measured
 */
public record Requirement(String symbol, String name, double value, String limit, boolean passed) {

    static final double LEAST_RISE = 1.5;
    static final double MOST_CRISIS = 0.20;
    static final double SHORTEST_RUN = 5;
    static final double FLAG_FACTOR = 2;

    /** Returns all requirements, checked on one hold-out. */
    public static List<Requirement> of(HoldOutFigures figures, double contamination) {
        List<Requirement> all = new ArrayList<>();
        String symbol = figures.symbol();
        all.add(rise(symbol, "STABLE to VOLATILE", figures.regime().stableToVolatile()));
        all.add(rise(symbol, "VOLATILE to CRISIS", figures.regime().volatileToCrisis()));
        all.add(
                rise(
                        symbol,
                        "smaller of the two halves",
                        Math.min(
                                figures.firstHalf().smallestRise(),
                                figures.secondHalf().smallestRise())));
        all.add(crisis(symbol, "crisis occupancy", figures.regime()));
        all.add(crisis(symbol, "crisis occupancy, first half", figures.firstHalf()));
        all.add(crisis(symbol, "crisis occupancy, second half", figures.secondHalf()));
        all.add(runs(figures));
        all.add(flagRate(figures, contamination));
        figures.days().forEach(day -> all.add(widest(symbol, day)));
        return List.copyOf(all);
    }

    private static Requirement rise(String symbol, String name, double value) {
        return new Requirement(
                symbol,
                "rise of forward volatility, " + name,
                value,
                String.format(Locale.ROOT, "at least %.1f times", LEAST_RISE),
                value >= LEAST_RISE);
    }

    private static Requirement crisis(String symbol, String name, RegimeFigures figures) {
        double value = figures.crisisOccupancy();
        return new Requirement(
                symbol,
                name,
                value,
                String.format(Locale.ROOT, "%.2f to %.2f", Soundness.LEAST_CRISIS, MOST_CRISIS),
                value >= Soundness.LEAST_CRISIS && value <= MOST_CRISIS);
    }

    private static Requirement runs(HoldOutFigures figures) {
        double shortest = Double.POSITIVE_INFINITY;
        for (Regime regime : Regime.values()) {
            shortest = Math.min(shortest, figures.meanConfirmedRun().get(regime.ordinal()));
        }
        return new Requirement(
                figures.symbol(),
                "mean duration of confirmed regimes, shortest of the three (minutes)",
                shortest,
                String.format(Locale.ROOT, "at least %.0f", SHORTEST_RUN),
                shortest >= SHORTEST_RUN);
    }

    private static Requirement flagRate(HoldOutFigures figures, double contamination) {
        double value = figures.flagRate();
        return new Requirement(
                figures.symbol(),
                "share of minutes flagged as anomalies",
                value,
                String.format(
                        Locale.ROOT,
                        "%.4f to %.4f",
                        contamination / FLAG_FACTOR,
                        contamination * FLAG_FACTOR),
                value >= contamination / FLAG_FACTOR && value <= contamination * FLAG_FACTOR);
    }

    private static Requirement widest(String symbol, WideMinutes day) {
        return new Requirement(
                symbol,
                "widest minutes of " + day.day() + " flagged",
                day.flagged(),
                "all " + day.minutes().size(),
                day.flagged() == day.minutes().size());
    }

    /** Returns the verdict as text: {@code pass} or {@code FAIL}. */
    public String verdict() {
        return passed ? "pass" : "FAIL";
    }
}

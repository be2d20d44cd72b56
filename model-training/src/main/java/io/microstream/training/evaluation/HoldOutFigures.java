package io.microstream.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of both models on the hold-out of one symbol, measured through the job's scorers.
 *
 * @param symbol upper case
 * @param regime rows by the regime published at their close, against the 15 minutes after it
 * @param confirmed the same by the confirmed regime published at their close (that of two minutes
 *     before)
 * @param firstHalf {@code regime} of the first half of the rows
 * @param secondHalf {@code regime} of the second
 * @param meanConfirmedRun mean length, in minutes, of an unbroken run of a confirmed regime, for
 *     each regime
 * @param confirmedChangesPerHour how often the confirmed regime changes
 * @param logLikelihoodPerBar of the regime model, nats
 * @param scored rows the anomaly model scored
 * @param flagRate share of them that it flagged
 * @param widest the widest minutes of the widest days
 * @param asked the widest minutes of the days that were asked for
 */
public record HoldOutFigures(
        String symbol,
        RegimeFigures regime,
        RegimeFigures confirmed,
        RegimeFigures firstHalf,
        RegimeFigures secondHalf,
        List<Double> meanConfirmedRun,
        double confirmedChangesPerHour,
        double logLikelihoodPerBar,
        int scored,
        double flagRate,
        List<WideMinutes> widest,
        List<WideMinutes> asked) {

    public HoldOutFigures {
        meanConfirmedRun = List.copyOf(meanConfirmedRun);
        widest = List.copyOf(widest);
        asked = List.copyOf(asked);
    }

    /** Returns the days that were asked for, then the widest days that are not among them. */
    public List<WideMinutes> days() {
        List<WideMinutes> days = new ArrayList<>(asked);
        widest.stream()
                .filter(day -> asked.stream().noneMatch(a -> a.day().equals(day.day())))
                .forEach(days::add);
        return days;
    }
}

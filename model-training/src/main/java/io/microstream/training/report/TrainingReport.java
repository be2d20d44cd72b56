package io.microstream.training.report;

import io.microstream.training.candidates.ChampionComparison;
import io.microstream.training.candidates.RegimeCandidate;
import io.microstream.training.evaluation.EvaluationFigures;
import io.microstream.training.evaluation.HoldOutFigures;
import io.microstream.training.evaluation.Requirement;
import io.microstream.training.history.HistorySummary;
import java.util.List;
import java.util.Map;

/**
 * Everything a training has to say for itself; no time of day and no path in it, so that equal
 * trainings have equal reports.
 *
 * @param symbol what was asked for
 * @param period trained on, or tried to
 * @param holdOut where the hold-out comes from, in words
 * @param malformedRows rows of the files that could not be read
 * @param training bars trained on, by symbol
 * @param heldOut bars held out, by symbol
 * @param settings hyper-parameters
 * @param candidates numbers of states that were tried
 * @param choice what won and why; null if nothing did
 * @param champion the new regime model beside the one in service; null if none was given
 * @param logLikelihoodPerBar of the regime model on its training rows, nats
 * @param models written; none if training was refused
 * @param evaluation on the hold-out, by symbol
 * @param requirements and whether they are met
 * @param figures what the plots show; null if training was refused
 */
public record TrainingReport(
        String symbol,
        String period,
        String holdOut,
        long malformedRows,
        List<HistorySummary> training,
        List<HistorySummary> heldOut,
        Map<String, Object> settings,
        List<RegimeCandidate> candidates,
        String choice,
        ChampionComparison champion,
        double logLikelihoodPerBar,
        List<TrainedModel> models,
        List<HoldOutFigures> evaluation,
        List<Requirement> requirements,
        EvaluationFigures figures) {

    /** As JSON, indented. */
    public String json() {
        return ReportJson.pretty(this);
    }

    /** As one HTML page with plots, which needs nothing from elsewhere. */
    public String html() {
        return ReportPage.html(ReportJson.tree(this));
    }

    /** As Markdown. */
    public String markdown() {
        return new ReportText(this).markdown();
    }

    /** The figures that matter, in a few lines. */
    public List<String> summary() {
        return new ReportText(this).summary();
    }

    /** Whether there is a hold-out and all requirements are met on it. */
    public boolean allPassed() {
        return !requirements.isEmpty() && requirements.stream().allMatch(Requirement::passed);
    }
}

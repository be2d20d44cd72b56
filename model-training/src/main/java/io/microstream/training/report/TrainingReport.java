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
 * Everything a training reports; it holds no wall-clock time and no path, so that equal trainings
 * have equal reports.
 *
 * @param symbol the requested symbol, or {@code *}
 * @param period trained on, or tried to
 * @param holdOut where the hold-out comes from, in words
 * @param malformedRows rows of the files that could not be read
 * @param training bars trained on, by symbol
 * @param heldOut bars held out, by symbol
 * @param settings hyper-parameters
 * @param candidates numbers of states that were tried
 * @param choice what won and why; null if nothing did
 * @param champion comparison of the new regime model with the one in service; null if none was
 *     given
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

    /** Returns the report as indented JSON. */
    public String json() {
        return ReportJson.pretty(this);
    }

    /** Returns the report as one self-contained HTML page with plots. */
    public String html() {
        return ReportPage.html(ReportJson.tree(this));
    }

    /** Returns the report as Markdown text. */
    public String markdown() {
        return new ReportText(this).markdown();
    }

    /** Returns the main figures in a few lines. */
    public List<String> summary() {
        return new ReportText(this).summary();
    }
}

package io.microstream.training.report;

import io.microstream.market.Regime;
import io.microstream.training.candidates.CandidateState;
import io.microstream.training.candidates.RegimeCandidate;
import io.microstream.training.evaluation.HoldOutFigures;
import io.microstream.training.evaluation.RegimeFigures;
import io.microstream.training.evaluation.Requirement;
import io.microstream.training.evaluation.WideMinutes;
import io.microstream.training.history.HistorySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a {@link TrainingReport} as Markdown and as a short summary. */
final class ReportText {

    private final TrainingReport report;
    private final StringBuilder text = new StringBuilder();

    ReportText(TrainingReport report) {
        this.report = report;
    }

    String markdown() {
        line("# Training of %s, %s", report.symbol(), report.period());
        line("");
        if (report.models().isEmpty()) {
            line("**Refused**: %s. No artefact was written, only this report.", refusal());
            if (report.champion() != null) {
                line("");
                report.champion().reasons().forEach(reason -> line("- %s", reason));
            }
        } else {
            summary().forEach(line -> line("- %s", line));
        }
        requirements();
        candidates();
        report.evaluation().forEach(this::evaluation);
        data();
        models();
        return text.toString();
    }

    private String refusal() {
        return report.champion() == null
                ? "no candidate qualifies"
                : "the new model does not preserve the champion's regimes";
    }

    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (HoldOutFigures e : report.evaluation()) {
            lines.add(
                    format(
                            "%s, hold-out of %d minutes: forward volatility %s bp (x %.2f, x %.2f), occupancy %s, confirmed runs %s min",
                            e.symbol(),
                            e.regime().rows(),
                            numbers("%.1f", e.regime().forwardVolatilityBp()),
                            e.regime().stableToVolatile(),
                            e.regime().volatileToCrisis(),
                            numbers("%.3f", e.regime().occupancy()),
                            numbers("%.1f", e.meanConfirmedRun())));
            lines.add(
                    format(
                            "%s anomalies: %.4f of %d minutes flagged; widest minutes flagged: %s",
                            e.symbol(), e.flagRate(), e.scored(), days(e)));
        }
        long failed = report.requirements().stream().filter(r -> !r.passed()).count();
        if (report.requirements().isEmpty()) {
            lines.add("requirements: not measured, the hold-out has no warm row");
        } else {
            lines.add(
                    format(
                            "requirements: %d of %d met%s",
                            report.requirements().size() - failed,
                            report.requirements().size(),
                            failed == 0 ? "" : ", see report.md before using these models"));
        }
        return lines;
    }

    private static String days(HoldOutFigures e) {
        return e.days().stream()
                .map(d -> format("%s %d/%d", d.day(), d.flagged(), d.minutes().size()))
                .collect(Collectors.joining(", "));
    }

    private void requirements() {
        if (report.requirements().isEmpty()) {
            return;
        }
        line("");
        line("## Requirements on the hold-out");
        line("");
        line("| symbol | requirement | limit | measured | verdict |");
        line("|---|---|---|---|---|");
        for (Requirement r : report.requirements()) {
            line(
                    "| %s | %s | %s | %s | %s |",
                    r.symbol(),
                    r.name(),
                    r.limit(),
                    number(r.value() == Math.rint(r.value()) ? "%.0f" : "%.4f", r.value()),
                    r.verdict());
        }
    }

    private void candidates() {
        line("");
        line("## Number of latent states");
        line("");
        line(
                "Candidates are fitted on the first four fifths of the training period%s and compared on the last fifth. Log likelihoods are in nats per bar.",
                report.candidates().isEmpty()
                        ? ""
                        : format(" (%d rows)", report.candidates().get(0).rows()));
        line("");
        line(
                "| K | starts | E-steps | log likelihood | held-out log likelihood | gap to best | BIC per bar | lowest self-transition | most stressed state: occupancy | its mean log_volatility (p90 of all rows) | regimes | verdict |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (RegimeCandidate c : RegimeCandidate.firstOfEachOptimum(report.candidates())) {
            line(
                    "| %d | %d of %d | %d%s | %.5f | %.5f | %s ± %s | %.5f | %.4f | %.4f | %.3f (%.3f) | %s | %s |",
                    c.states(),
                    starts(c),
                    report.candidates().stream().filter(o -> o.states() == c.states()).count(),
                    c.iterations(),
                    c.converged() ? "" : " (not converged)",
                    c.logLikelihoodPerBar(),
                    c.validationPerBar(),
                    number("%.5f", c.behindPerBar()),
                    number("%.5f", c.behindError()),
                    c.bicPerBar(),
                    c.profile().stream()
                            .mapToDouble(CandidateState::selfTransition)
                            .min()
                            .orElse(Double.NaN),
                    c.topOccupancy(),
                    c.topVolatility(),
                    c.volatilityP90(),
                    c.regimes(),
                    c.chosen()
                            ? "**chosen**"
                            : c.qualifies() ? "qualifies" : String.join(" ", c.reasons()));
        }
        line("");
        line(
                "One row per optimum; gaps in nats per bar, ± one standard error. All fits are in report.json.");
        if (report.choice() != null) {
            line("");
            line("%s The chosen candidate was refitted on all training rows.", report.choice());
        }
        if (report.champion() != null && !report.models().isEmpty()) {
            line("");
            line("%s", report.champion().words());
        }
    }

    private long starts(RegimeCandidate c) {
        return report.candidates().stream().filter(c::isTwin).count();
    }

    private void evaluation(HoldOutFigures e) {
        line("");
        line("## %s, hold-out", e.symbol());
        line("");
        line(
                "Log likelihood per bar: %.5f on the hold-out, %.5f on the training rows. The confirmed regime changes %.2f times per hour.",
                e.logLikelihoodPerBar(), report.logLikelihoodPerBar(), e.confirmedChangesPerHour());
        line("");
        line("| labels | rows | occupancy S / V / C | forward volatility (bp) | S to V | V to C |");
        line("|---|---|---|---|---|---|");
        figures("regime", e.regime());
        figures("confirmed regime", e.confirmed());
        figures("regime, first half", e.firstHalf());
        figures("regime, second half", e.secondHalf());
        line("");
        line("| regime | mean duration of confirmed runs (minutes) |");
        line("|---|---|");
        for (Regime regime : Regime.values()) {
            line("| %s | %s |", regime, number("%.1f", e.meanConfirmedRun().get(regime.ordinal())));
        }
        line("");
        line("| day | mean range (bp) | widest minutes, UTC (range in bp) | flagged |");
        line("|---|---|---|---|");
        e.days().forEach(this::day);
    }

    private void figures(String name, RegimeFigures f) {
        line(
                "| %s | %d | %s | %s | %s | %s |",
                name,
                f.rows(),
                numbers("%.3f", f.occupancy()),
                numbers("%.1f", f.forwardVolatilityBp()),
                number("%.2f", f.stableToVolatile()),
                number("%.2f", f.volatileToCrisis()));
    }

    private void day(WideMinutes day) {
        List<String> minutes = new ArrayList<>();
        for (int i = 0; i < day.minutes().size(); i++) {
            minutes.add(format("%s (%.0f)", day.minutes().get(i), day.rangesBp().get(i)));
        }
        line(
                "| %s | %.1f | %s | %d of %d |",
                day.day(),
                day.meanRangeBp(),
                String.join(", ", minutes),
                day.flagged(),
                day.minutes().size());
    }

    private void data() {
        line("");
        line("## Data");
        line("");
        line("Hold-out: %s. Malformed rows: %d.", report.holdOut(), report.malformedRows());
        line("");
        line("| part | symbol | bars | first | last | gaps | missing minutes | SHA-256 of bars |");
        line("|---|---|---|---|---|---|---|---|");
        report.training().forEach(s -> history("training", s));
        report.heldOut().forEach(s -> history("hold-out", s));
    }

    private void history(String part, HistorySummary s) {
        line(
                "| %s | %s | %d | %s | %s | %d | %d | `%s` |",
                part,
                s.symbol(),
                s.bars(),
                s.first() == null ? "-" : s.first(),
                s.last() == null ? "-" : s.last(),
                s.gaps(),
                s.missingMinutes(),
                s.sha256());
    }

    private void models() {
        if (!report.models().isEmpty()) {
            line("");
            line("## Models");
            line("");
            line("| file | version | rows | sequences | bytes | SHA-256 |");
            line("|---|---|---|---|---|---|");
            for (TrainedModel m : report.models()) {
                line(
                        "| %s | %d | %d | %s | %d | `%s` |",
                        m.file(),
                        m.version(),
                        m.rows(),
                        m.sequences() == 0 ? "-" : m.sequences(),
                        m.bytes(),
                        m.sha256());
            }
        }
        line("");
        line("Settings: `%s`", ReportJson.compact(report.settings()));
    }

    private static String numbers(String format, List<Double> values) {
        return values.stream().map(v -> number(format, v)).collect(Collectors.joining(" / "));
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? format(format, value) : "-";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : format(format, values)).append('\n');
    }
}

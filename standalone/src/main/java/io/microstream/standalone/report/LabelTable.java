package io.microstream.standalone.report;

import io.microstream.live.cases.labels.LabelEvaluation;
import io.microstream.live.cases.labels.ModelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats the evaluation of models against analysts' labels. */
public record LabelTable(LabelEvaluation evaluation) {

    private static final String HEAD =
            "%-9s  %-24s %7s %9s %6s %6s %8s %14s  %-24s %7s %7s %7s"
                    .formatted(
                            "sign",
                            "model",
                            "version",
                            "labelled",
                            "true",
                            "false",
                            "unclear",
                            "flagged t/f",
                            "precision (95 %)",
                            "recall",
                            "AUROC",
                            "AP");

    /** Returns the lines of the table; a hint instead of a table if nothing is labelled. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "labels of %s: %,d minutes, %,d true, %,d false, %,d unclear or disputed",
                        evaluation.symbol() == null ? "all symbols" : evaluation.symbol(),
                        evaluation.minutes(),
                        evaluation.trues(),
                        evaluation.falses(),
                        evaluation.unclear()));
        if (evaluation.minutes() == 0) {
            lines.add(
                    "nothing is labelled yet: label anomalies on the page or with PUT /api/v1/labels");
            return lines;
        }
        lines.add(HEAD);
        evaluation.models().forEach(model -> lines.add(line(model)));
        lines.add(
                "Figures cover labelled minutes only. Analysts mostly review flagged minutes, so recall, AUROC and AP"
                        + " (average precision) say little about minutes that were not reviewed.");
        return lines;
    }

    private static String line(ModelMetrics m) {
        return String.format(
                Locale.ROOT,
                "%-9s  %-24s %7d %9d %6d %6d %8d %14s  %-24s %7s %7s %7s",
                m.sign(),
                m.modelId(),
                m.modelVersion(),
                m.labelled(),
                m.labelledTrue(),
                m.labelledFalse(),
                m.unclear(),
                m.flaggedTrue() + " / " + m.flaggedFalse(),
                m.precision() == null
                        ? "-"
                        : String.format(
                                Locale.ROOT,
                                "%.3f (%.3f … %.3f)",
                                m.precision(),
                                m.precisionLow(),
                                m.precisionHigh()),
                figure(m.recall()),
                figure(m.areaUnderRoc()),
                figure(m.averagePrecision()));
    }

    private static String figure(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}

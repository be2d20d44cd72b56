package io.microstream.training.outliers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.microstream.models.evaluation.MeanAndError;
import io.microstream.models.evaluation.RankingQuality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Formats results as a table of text and as JSON.
 *
 * @param settings of all results
 * @param results in order of the rows
 */
public record OutlierTable(OutlierSettings settings, List<OutlierResult> results) {

    private static final String FORM = "%-16s %8s %4s %9s   %-34s %-20s %-8s %-8s %-20s %s";
    private static final String NOTHING = "–";

    /** Returns the results whose mean is not as published. */
    public List<OutlierResult> outsideTheGate() {
        return results.stream().filter(result -> result.gate().equals(Optional.of(false))).toList();
    }

    /** Returns the lines to print before the first result. */
    public List<String> head() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Isolation forest: %d trees of %d rows, seeds 1 … %d, no labels in training",
                        settings.trees(),
                        settings.sampleSize(),
                        settings.seeds()),
                String.format(
                        Locale.ROOT,
                        FORM,
                        "data set",
                        "n",
                        "d",
                        "outliers",
                        "AUROC mean ± s.e. (min … max)",
                        "AUPRC mean ± s.e.",
                        "Liu 2008",
                        "LinkedIn",
                        "scikit-learn 1.2.1",
                        "gate"));
    }

    /** Returns one result as a line of the table. */
    public static String line(OutlierResult result) {
        MeanAndError roc = result.areaUnderRoc();
        Optional<PublishedArea> published = result.published();
        return String.format(
                        Locale.ROOT,
                        FORM,
                        result.name(),
                        result.rows(),
                        result.features(),
                        String.format(
                                Locale.ROOT, "%.2f %%", 100.0 * result.outliers() / result.rows()),
                        meanAndError(roc)
                                + String.format(
                                        Locale.ROOT, " (%.4f … %.4f)", roc.least(), roc.greatest()),
                        meanAndError(result.averagePrecision()),
                        published.map(area -> number("%.2f", area.liu())).orElse(NOTHING),
                        published.map(area -> number("%.4f", area.linkedIn())).orElse(NOTHING),
                        published.map(OutlierTable::scikitLearn).orElse(NOTHING),
                        gate(result))
                .stripTrailing();
    }

    private static String meanAndError(MeanAndError figure) {
        return number("%.4f", figure.mean()) + " ± " + number("%.4f", figure.standardError());
    }

    private static String scikitLearn(PublishedArea area) {
        String range =
                Double.isNaN(area.scikitLearnLeast())
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " (%.3f … %.3f)",
                                area.scikitLearnLeast(),
                                area.scikitLearnGreatest());
        return number("%.4f", area.scikitLearn()) + range;
    }

    private static String gate(OutlierResult result) {
        return result.gate()
                .map(
                        within ->
                                String.format(
                                        Locale.ROOT,
                                        "%s ±%.2f",
                                        within ? "within" : "OUTSIDE",
                                        result.published().orElseThrow().tolerance()))
                .orElse(NOTHING);
    }

    private static String number(String form, double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, form, value);
    }

    /**
     * Returns the lines to print after the last result: definitions, and how sets differ from the
     * published ones.
     */
    public List<String> foot() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "AUROC: share of pairs (outlier, other) ranked correctly, ties count one half. AUPRC: average"
                        + " precision, no interpolation. s.e.: of the mean over seeds.");
        lines.add(
                settings.areThePapers()
                        ? "gate: mean AUROC against LinkedIn's column."
                        : "gate: checked only with 100 trees, samples of 256 and ten seeds or more.");
        for (OutlierResult result : results) {
            result.published()
                    .filter(area -> area.features() != 0 && area.features() != result.features())
                    .ifPresent(
                            area ->
                                    lines.add(
                                            result.name()
                                                    + ": published for d="
                                                    + area.features()));
            OptionalDouble rows = PublishedArea.rowsOf(result.name());
            if (result.published().isEmpty() && rows.isPresent()) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%s: published for n=%.0f, so not compared",
                                result.name(),
                                rows.getAsDouble()));
            }
        }
        return lines;
    }

    /** Returns settings and results as JSON; null where there is no figure. */
    public String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("trees", settings.trees());
        root.put("sampleSize", settings.sampleSize());
        root.put("seeds", settings.seeds());
        root.put("dataSets", results.stream().map(OutlierTable::json).toList());
        try {
            return new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table is always JSON", e);
        }
    }

    private static Map<String, Object> json(OutlierResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", result.name());
        map.put("rows", result.rows());
        map.put("features", result.features());
        map.put("outliers", result.outliers());
        map.put("areaUnderRoc", json(result.areaUnderRoc()));
        map.put("averagePrecision", json(result.averagePrecision()));
        map.put(
                "areaUnderRocBySeed",
                result.bySeed().stream().map(RankingQuality::areaUnderRoc).toList());
        map.put(
                "averagePrecisionBySeed",
                result.bySeed().stream().map(RankingQuality::averagePrecision).toList());
        map.put("published", result.published().map(OutlierTable::json).orElse(null));
        map.put("withinGate", result.gate().orElse(null));
        return map;
    }

    private static Map<String, Object> json(MeanAndError figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", figure.mean());
        map.put("standardError", finite(figure.standardError()));
        map.put("least", figure.least());
        map.put("greatest", figure.greatest());
        return map;
    }

    private static Map<String, Object> json(PublishedArea area) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("liu2008", finite(area.liu()));
        map.put("linkedIn", finite(area.linkedIn()));
        map.put("scikitLearn", finite(area.scikitLearn()));
        map.put("tolerance", area.tolerance());
        return map;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}

package io.microstream.live.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes a case in words: its minute, and what is missing or wrong. */
final class CaseStory {

    private static final int SHOWN_FEATURES = 3;

    private final CaseRows rows;
    private final TradesFound trades;
    private final CaseChart chart;

    CaseStory(CaseRows rows, TradesFound trades, CaseChart chart) {
        this.rows = rows;
        this.trades = trades;
        this.chart = chart;
    }

    /** Returns the case's minute in a line. */
    String summary() {
        return rows.window().symbol()
                + " at "
                + rows.window().moment()
                + ": "
                + rows.championAtMoment(Table.ANOMALIES)
                        .map(CaseStory::anomaly)
                        .orElse("no anomaly score")
                + "; "
                + rows.championAtMoment(Table.REGIMES).map(CaseStory::regime).orElse("no regime");
    }

    /** Returns the result of the comparison of bars with trades in a line. */
    String check() {
        return trades.checkLine();
    }

    static String anomaly(Row row) {
        boolean flagged = Boolean.TRUE.equals(row.value("is_anomaly"));
        return String.format(
                Locale.ROOT,
                "%s by %s version %s: score %.3f, threshold %.3f, severity %.1f%s",
                flagged ? "flagged" : "not flagged",
                row.text("model_id"),
                row.value("model_version"),
                number(row, "score"),
                number(row, "threshold"),
                number(row, "severity"),
                mostly(row));
    }

    private static String mostly(Row row) {
        ObjectNode shares =
                Optional.ofNullable(row.json().get("attribution"))
                        .filter(node -> node.isObject() && !node.isEmpty())
                        .map(ObjectNode.class::cast)
                        .orElse(null);
        if (shares == null) {
            return "";
        }
        double sum = 0;
        List<Map.Entry<String, Double>> entries = new ArrayList<>();
        for (var field : shares.properties()) {
            entries.add(Map.entry(field.getKey(), field.getValue().asDouble()));
            sum += Math.max(0, field.getValue().asDouble());
        }
        if (sum == 0) {
            return "";
        }
        double whole = sum;
        entries.sort(
                Comparator.comparing(Map.Entry<String, Double>::getValue)
                        .reversed()
                        .thenComparing(Map.Entry::getKey));
        return entries.stream()
                .filter(entry -> entry.getValue() > 0)
                .limit(SHOWN_FEATURES)
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.0f %%",
                                        entry.getKey(),
                                        100 * entry.getValue() / whole))
                .collect(Collectors.joining(", ", ", mostly ", ""));
    }

    static String regime(Row row) {
        String regime = row.text("regime");
        return String.format(
                Locale.ROOT,
                "%s with probability %.3f, surprise %.2f%s",
                regime,
                confidence(row),
                number(row, "surprise"),
                Boolean.TRUE.equals(row.value("is_surprising")) ? " (over its limit)" : "");
    }

    /** Returns the probability of the regime that a row names. */
    static double confidence(Row row) {
        return switch (String.valueOf(row.text("regime"))) {
            case "STABLE_LIQUIDITY" -> number(row, "p_stable");
            case "HIGH_VOLATILITY" -> number(row, "p_volatile");
            case "LIQUIDITY_CRISIS" -> number(row, "p_crisis");
            default -> Double.NaN;
        };
    }

    private static double number(Row row, String column) {
        return row.value(column) instanceof Double value ? value : Double.NaN;
    }

    /** Returns what is missing or wrong, one line each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (trades.reason() != null) {
            warnings.add(
                    "no trades: "
                            + trades.reason()
                            + (trades.rows() > 0
                                    ? "; trades.csv holds the first " + trades.rows() + " only"
                                    : ""));
        }
        if (trades.truncated()) {
            warnings.add(
                    "too many trades: trades.csv holds the first "
                            + trades.rows()
                            + " only. Ask for fewer minutes");
        }
        if (trades.missingIds() > 0) {
            warnings.add("trades are missing: ids=" + trades.missingIds());
        }
        if (trades.check() != null && !trades.check().allEqual()) {
            warnings.add(
                    trades.check().line()
                            + trades.check().differences().stream()
                                    .limit(3)
                                    .map(each -> "; " + each)
                                    .collect(Collectors.joining()));
        }
        int stored = rows.of(Table.BARS).size();
        if (stored < rows.window().bars()) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "the database has %d of the window's %d minutes",
                            stored,
                            rows.window().bars()));
        }
        if (rows.of(Table.MODELS).isEmpty()) {
            warnings.add("no model judged these minutes");
        }
        if (chart.png() == null) {
            warnings.add("no chart: " + chart.reason());
        }
        return warnings;
    }
}

package io.microstream.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final String HOSTILE = "</script><script>alert(1)</script>&\"'";

    /** Returns the report of a refused training with a given line of choice. */
    private static Map<String, Object> refused(String choice) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("symbol", "BTCUSDT");
        report.put("period", "2024-01-01 00:00 to 2024-01-31 23:59");
        report.put("holdOut", "everything after the training period");
        report.put("malformedRows", 3);
        report.put("training", List.of());
        report.put("heldOut", List.of());
        report.put("settings", Map.of("contamination", .01));
        report.put("candidates", List.of(candidate(choice)));
        report.put("choice", choice);
        report.put("models", List.of());
        report.put("evaluation", List.of());
        report.put("requirements", List.of());
        return report;
    }

    private static Map<String, Object> candidate(String reason) {
        Map<String, Object> candidate = new LinkedHashMap<>();
        candidate.put("states", 3);
        candidate.put("start", 0);
        candidate.put("startName", "quantiles");
        candidate.put("optimum", 1);
        candidate.put("iterations", 30);
        candidate.put("converged", false);
        candidate.put("rows", 1000);
        candidate.put("validationRows", 200);
        candidate.put("validationPerBar", null);
        candidate.put("profile", List.of(Map.of("regime", "HIGH_VOLATILITY", "occupancy", .4)));
        candidate.put("chosen", false);
        candidate.put("reasons", List.of(reason));
        return candidate;
    }

    @Test
    void refusalPageGivesTheReason() {
        String page = ReportPage.html(refused("No state qualifies."));
        assertThat(page.substring(0, page.indexOf("<script")))
                .contains("<strong>Refused.</strong>")
                .contains("No state qualifies.")
                .contains("30 (not converged)")
                .contains("<td class=\"num\">40.0 %</td>")
                .contains("Malformed rows: 3.");
    }

    @Test
    void noTextOfAReportCanEndAScriptOrAddOne() throws JsonProcessingException {
        String page = ReportPage.html(refused(HOSTILE));
        assertThat(page.contains("<script>alert")).isFalse();
        assertThat(Pattern.compile("<script").matcher(page).results().count()).isEqualTo(3);
        Matcher json =
                Pattern.compile("<script id=\"report\" type=\"application/json\">(.*?)</script>")
                        .matcher(page);
        assertThat(json.find()).isTrue();
        assertThat(new ObjectMapper().readTree(json.group(1)).at("/choice").asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void nothingIsFetched() {
        String page = ReportPage.html(refused("none"));
        assertThat(page.length()).isGreaterThan(1_000_000);
        int library = page.indexOf("<script>");
        String own =
                page.substring(0, library) + page.substring(page.indexOf("</script>", library));
        assertThat(own.length()).isLessThan(100_000);
        assertThat(own)
                .contains("\"use strict\"")
                .doesNotContainPattern("<(script|img|iframe|link)[^>]* (src|href)=\"(?!data:)")
                .doesNotContain("http")
                .doesNotContain("@import")
                .doesNotContain("url(");
    }

    @Test
    void equalReportsAreEqualPages() {
        assertThat(ReportPage.html(refused("x")).equals(ReportPage.html(refused("x")))).isTrue();
    }

    @Test
    void reportWithoutWhatThePageShowsIsRefusedInOneLine() {
        Map<String, Object> report = refused("x");
        report.remove("period");
        assertThatThrownBy(() -> ReportPage.html(report))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Report page cannot be filled: ");
    }
}

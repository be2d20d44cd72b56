package io.microstream.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.training.SimulatedTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page of a real training in a real browser. */
class ReportInBrowserTest {

    @TempDir static Path folder;
    private static TrainingResult result;

    @BeforeAll
    static void train() throws IOException {
        result = SimulatedTraining.of(folder, 35, "2024-01-30");
    }

    private static int attribute(String element, String name) {
        Matcher value = Pattern.compile(name + "=\"(\\d+)\"").matcher(element);
        assertThat(value.find()).as("%s in %s", name, element).isTrue();
        return Integer.parseInt(value.group(1));
    }

    @Test
    void everyChartIsDrawnWithoutErrors() throws IOException, InterruptedException {
        Optional<Path> chromium = Chromium.find();
        assumeTrue(
                chromium.isPresent(),
                "no Chromium that starts on this machine: the page is not opened");
        String dom = Chromium.dom(chromium.get(), result.reportPage());
        Matcher root = Pattern.compile("<html[^>]*>").matcher(dom);
        assertThat(root.find()).isTrue();
        assertThat(root.group()).doesNotContain("data-first-error");
        assertThat(attribute(root.group(), "data-errors")).isZero();
        assertThat(attribute(root.group(), "data-charts")).isEqualTo(26);
        assertThat(attribute(root.group(), "data-rendered")).isEqualTo(26);
        Matcher charts = Pattern.compile("<div class=\"chart[^>]*>").matcher(dom);
        int drawn = 0;
        while (charts.find()) {
            assertThat(attribute(charts.group(), "data-rendered"))
                    .as(charts.group())
                    .isGreaterThan(5);
            drawn++;
        }
        assertThat(drawn).isEqualTo(26);
        assertThat(Pattern.compile("<svg").matcher(dom).results().count())
                .isGreaterThanOrEqualTo(26);
    }

    @Test
    void jsonHoldsEveryNumberThatIsDrawn() throws IOException {
        JsonNode json = new ObjectMapper().readTree(result.reportJson().toFile());
        JsonNode symbol = json.at("/figures/symbols/0");
        for (String list :
                new String[] {
                    "prices",
                    "durations",
                    "quantities",
                    "fit",
                    "flagRates",
                    "anomalies",
                    "drift",
                    "gaps"
                }) {
            assertThat(symbol.get(list)).as(list).isNotEmpty();
        }
        assertThat(symbol.at("/prices/0/time")).hasSameSizeAs(symbol.at("/prices/0/last"));
        assertThat(symbol.at("/scores/training")).hasSameSizeAs(symbol.at("/scores/from"));
        assertThat(json.at("/figures/folds")).hasSize(3);
        assertThat(symbol.at("/surpriseRates/1/month").asText()).isEqualTo("all");
        assertThat(symbol.at("/surpriseRates/1/clustered/value").asDouble())
                .as("in sample the rate is the share")
                .isCloseTo(json.at("/settings/surprising").asDouble(), within(1e-4));
        String page = Files.readString(result.reportPage());
        Matcher inlined =
                Pattern.compile("<script id=\"report\" type=\"application/json\">(.*?)</script>")
                        .matcher(page);
        assertThat(inlined.find()).isTrue();
        assertThat(new ObjectMapper().readTree(inlined.group(1))).isEqualTo(json);
    }

    @Test
    void tablesHoldTheFiguresWithoutAnyScript() throws IOException {
        String page = Files.readString(result.reportPage());
        String words = page.substring(0, page.indexOf("<script id="));
        assertThat(words)
                .contains("<noscript>")
                .contains("requirements")
                .contains("Liquidity crisis")
                .contains("range_surge")
                .contains("<td>hold-out</td><td>2024-01</td>")
                .doesNotContain("${")
                .doesNotContain("NaN");
        double rise = result.report().evaluation().get(0).regime().stableToVolatile();
        assertThat(words).contains(String.format(java.util.Locale.ROOT, "× %.2f", rise));
    }
}

package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Http;
import io.microstream.live.SharedServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupsTest {

    private final Http http = SharedServer.http();

    /** Final minutes by the beginning of their bucket and, where there are several, their model. */
    private Map<String, List<JsonNode>> minutes(String table, Duration width) {
        Map<String, List<JsonNode>> buckets = new TreeMap<>();
        for (JsonNode row :
                http.json("/api/v1/" + table + "?symbol=BTCUSDT&limit=10000").get("items")) {
            long ms = Instant.parse(row.get("open_time").asText()).toEpochMilli();
            String bucket = Instant.ofEpochMilli(ms - ms % width.toMillis()).toString();
            String model = row.path("model_version").asText("");
            buckets.computeIfAbsent(bucket + " " + model, any -> new ArrayList<>()).add(row);
        }
        return buckets;
    }

    private List<JsonNode> rolledUp(String table, String interval) {
        List<JsonNode> rows = new ArrayList<>();
        http.json("/api/v1/" + table + "?symbol=BTCUSDT&limit=10000&interval=" + interval)
                .get("items")
                .forEach(rows::add);
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"5m,PT5M", "15m,PT15M", "1h,PT1H", "4h,PT4H", "1d,P1D"})
    void barsAddUpAsTheNaiveTwinAddsThem(String interval, Duration width) {
        Map<String, List<JsonNode>> minutes = minutes("bars", width);
        for (int round = 0; round < 2; round++) {
            List<JsonNode> rows = rolledUp("bars", interval);
            assertThat(rows).hasSize(minutes.size());
            int at = 0;
            for (Map.Entry<String, List<JsonNode>> each : minutes.entrySet()) {
                assertBar(rows.get(at++), each.getKey().strip(), each.getValue(), width);
            }
        }
    }

    private static void assertBar(
            JsonNode row, String bucket, List<JsonNode> minutes, Duration width) {
        assertThat(row.get("open_time").asText()).isEqualTo(bucket);
        assertThat(row.get("minutes").asInt()).isEqualTo(minutes.size());
        assertThat(row.get("open")).isEqualTo(minutes.get(0).get("open"));
        assertThat(row.get("close")).isEqualTo(minutes.get(minutes.size() - 1).get("close"));
        assertThat(row.get("high").asText())
                .isEqualTo(sorted(minutes, "high").get(minutes.size() - 1).toPlainString());
        assertThat(row.get("low").asText())
                .isEqualTo(sorted(minutes, "low").get(0).toPlainString());
        for (String sum :
                List.of("volume", "quote_volume", "taker_buy_volume", "taker_buy_quote_volume")) {
            boolean isKnown = minutes.stream().noneMatch(minute -> minute.get(sum).isNull());
            assertThat(row.get(sum).isNull()).as(sum).isEqualTo(!isKnown);
            if (isKnown) {
                assertThat(row.get(sum).asText())
                        .isEqualTo(
                                sorted(minutes, sum).stream()
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                                        .toPlainString());
            }
        }
        assertThat(row.get("complete").asBoolean())
                .isEqualTo(
                        minutes.size() == width.toMinutes()
                                && minutes.stream()
                                        .allMatch(minute -> minute.get("complete").asBoolean()));
        assertThat(row.get("trade_count").asLong())
                .isEqualTo(minutes.stream().mapToLong(m -> m.get("trade_count").asLong()).sum());
    }

    private static List<BigDecimal> sorted(List<JsonNode> minutes, String column) {
        return minutes.stream()
                .map(minute -> new BigDecimal(minute.get(column).asText()))
                .sorted()
                .toList();
    }

    @Test
    void featuresAreMeansOfWhatIsDefined() {
        Map<String, List<JsonNode>> minutes = minutes("features", Duration.ofHours(1));
        List<JsonNode> rows = rolledUp("features", "1h");
        assertThat(rows).hasSize(minutes.size());
        int at = 0;
        for (List<JsonNode> bucket : minutes.values()) {
            JsonNode row = rows.get(at++);
            double[] known =
                    bucket.stream()
                            .map(minute -> minute.get("momentum"))
                            .filter(value -> !value.isNull())
                            .mapToDouble(JsonNode::asDouble)
                            .toArray();
            assertThat(row.get("momentum").asDouble())
                    .isCloseTo(
                            java.util.Arrays.stream(known).average().orElseThrow(), within(1e-12));
            assertThat(row.get("taker_imbalance").isNull()).isTrue();
        }
    }

    @Test
    void regimesAreThatOfTheLargestMeanProbabilityForEachModel() {
        Map<String, List<JsonNode>> minutes = minutes("regimes", Duration.ofHours(4));
        List<JsonNode> rows = rolledUp("regimes", "4h");
        assertThat(rows).hasSize(minutes.size());
        int at = 0;
        for (List<JsonNode> bucket : minutes.values()) {
            JsonNode row = rows.get(at++);
            Map<Double, String> means = new TreeMap<>();
            means.put(mean(bucket, "p_crisis"), "LIQUIDITY_CRISIS");
            means.put(mean(bucket, "p_volatile"), "HIGH_VOLATILITY");
            means.put(mean(bucket, "p_stable"), "STABLE_LIQUIDITY");
            double largest = means.keySet().stream().max(Double::compare).orElseThrow();
            assertThat(row.get("regime").asText()).isEqualTo(means.get(largest));
            assertThat(row.get("p_stable").asDouble())
                    .isCloseTo(mean(bucket, "p_stable"), within(1e-12));
            assertThat(row.get("model_version")).isEqualTo(bucket.get(0).get("model_version"));
            assertThat(row.get("is_surprising").isNull())
                    .isEqualTo(bucket.get(0).get("is_surprising").isNull());
            assertThat(row.get("is_surprising").asBoolean())
                    .isEqualTo(bucket.stream().anyMatch(m -> m.get("is_surprising").asBoolean()));
        }
    }

    private static double mean(List<JsonNode> minutes, String column) {
        return minutes.stream().mapToDouble(m -> m.get(column).asDouble()).average().orElseThrow();
    }

    @Test
    void anomaliesRollUpToTheHighestScoreAndACount() {
        Map<String, List<JsonNode>> minutes = minutes("anomalies", Duration.ofMinutes(15));
        List<JsonNode> rows = rolledUp("anomalies", "15m");
        assertThat(rows).hasSize(minutes.size());
        int at = 0;
        for (List<JsonNode> bucket : minutes.values()) {
            JsonNode row = rows.get(at++);
            JsonNode peak = bucket.get(0);
            for (JsonNode minute : bucket) {
                peak =
                        minute.get("score").asDouble() > peak.get("score").asDouble()
                                ? minute
                                : peak;
            }
            assertThat(row.get("peak_time")).isEqualTo(peak.get("open_time"));
            for (String same :
                    List.of("score", "threshold", "is_anomaly", "severity", "attribution")) {
                assertThat(row.get(same)).isEqualTo(peak.get(same));
            }
            assertThat(row.get("flagged").asLong())
                    .isEqualTo(
                            bucket.stream().filter(m -> m.get("is_anomaly").asBoolean()).count());
        }
    }

    @Test
    void rangeReturnsWholeBucketsThatBeginInIt() {
        JsonNode rows =
                http.json(
                        "/api/v1/bars?symbol=BTCUSDT&interval=1h&from=2026-01-05T00:17:00Z&to=2026-01-05T03:01:00Z");
        assertThat(rows.get("items").findValuesAsText("open_time"))
                .containsExactly(
                        "2026-01-05T01:00:00Z", "2026-01-05T02:00:00Z", "2026-01-05T03:00:00Z");
        assertThat(rows.get("items").findValuesAsText("minutes")).containsOnly("60");
    }
}

package io.microstream.live.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.ApiConfig;
import io.microstream.live.Http;
import io.microstream.live.LiveServer;
import io.microstream.testing.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaseRoutesTest {

    private static final CaseMarket MARKET = new CaseMarket();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static PostgresServer database;
    private static LiveServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start().migrated();
        MARKET.writeTo(database);
        server = LiveServer.start(ApiConfig.loopback(database.url()), MARKET.exchange());
        http = new Http(server.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    private static HttpResponse<byte[]> bytes(URI server, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aCaseIsDownloadedAsAZip() throws Exception {
        HttpResponse<byte[]> response =
                bytes(server.uri(), "/api/v1/cases/BTCUSDT/2026-01-05T00:30:00Z");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/zip");
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"case-BTCUSDT-20260105T0030Z.zip\"");
        ZipReader zip = ZipReader.of(response.body());
        assertThat(zip.json("case.json").at("/checks/bars_rebuilt_from_trades/in_words").asText())
                .isEqualTo("bars rebuilt from trades: 31 of 31 equal");
    }

    @Test
    void minutesWidenTheWindow() throws Exception {
        HttpResponse<byte[]> response =
                bytes(server.uri(), "/api/v1/cases/BTCUSDT/1767573000000?minutes=3");
        assertThat(ZipReader.of(response.body()).csv("bars.csv")).hasSize(8);
    }

    @Test
    void badCasesAreProblems() {
        assertProblem(http.get("/api/v1/cases/BTCUSDT/soon"), 400, "open_time=soon");
        assertProblem(
                http.get("/api/v1/cases/BTCUSDT/2026-01-05T00:30:00Z?minutes=241"),
                400,
                "minutes=241");
        assertProblem(
                http.get("/api/v1/cases/NOPEUSDT/2026-01-05T00:30:00Z"),
                404,
                "Unknown symbol: symbol=NOPEUSDT. The database has BTCUSDT");
        assertProblem(
                http.get("/api/v1/cases/BTCUSDT/2026-01-06T00:30:00Z"),
                404,
                "The database has 2026-01-05T00:00:00Z to 2026-01-05T01:00:00Z");
    }

    @Test
    void validSymbolWithoutRowsIsNotFound() throws Exception {
        for (String symbol : List.of("A%2CB", "A%22B")) {
            String at = symbol + "/2026-01-05T00:30:00Z";
            assertThat(http.get("/api/v1/cases/" + at).statusCode()).isEqualTo(404);
            assertThat(send("PUT", "/api/v1/labels/" + at, "{\"verdict\": \"TRUE\"}").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void thirdCaseAtATimeIsRefused() throws Exception {
        CountDownLatch asked = new CountDownLatch(CaseRoutes.AT_ONCE);
        CountDownLatch go = new CountDownLatch(1);
        CaseTrades slow =
                new CaseTrades() {
                    @Override
                    public String source() {
                        return "slow";
                    }

                    @Override
                    public List<String> read(String symbol, long from, long to, Taker taker)
                            throws TradesUnavailableException {
                        asked.countDown();
                        try {
                            go.await(20, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new TradesUnavailableException("interrupted", e);
                        }
                        return List.of();
                    }
                };
        String path = "/api/v1/cases/BTCUSDT/2026-01-05T00:30:00Z?minutes=1";
        try (LiveServer busy = LiveServer.start(ApiConfig.loopback(database.url()), slow)) {
            List<CompletableFuture<HttpResponse<byte[]>>> cases = new ArrayList<>();
            for (int i = 0; i < CaseRoutes.AT_ONCE; i++) {
                cases.add(
                        CLIENT.sendAsync(
                                HttpRequest.newBuilder(busy.uri().resolve(path)).build(),
                                HttpResponse.BodyHandlers.ofByteArray()));
            }
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            HttpResponse<String> third = new Http(busy.uri()).get(path);
            assertProblem(third, 429, "Too many cases");
            assertThat(third.headers().firstValue("retry-after")).contains("3");
            go.countDown();
            for (CompletableFuture<HttpResponse<byte[]>> each : cases) {
                assertThat(each.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            assertThat(new Http(busy.uri()).get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void labelsAreStoredListedAndEvaluated() throws Exception {
        String crash = "/api/v1/labels/BTCUSDT/2026-01-05T00:30:00Z";
        HttpResponse<String> put =
                send(
                        "PUT",
                        crash,
                        "{\"verdict\":\"TRUE\",\"note\":\" seen it \",\"analyst\":\"ann\"}");
        assertThat(put.statusCode()).isEqualTo(200);
        JsonNode label = Http.parse(put.body());
        assertThat(label.get("note").asText()).isEqualTo("seen it");
        assertThat(label.get("analyst").asText()).isEqualTo("ann");
        assertThat(label.get("labelled_at").asText()).endsWith("Z");
        put("2026-01-05T00:31:00Z", "FALSE");
        put("2026-01-05T00:05:00Z", "FALSE");
        put("2026-01-05T00:06:00Z", "UNCLEAR");
        JsonNode items = http.json("/api/v1/labels?symbol=BTCUSDT").get("items");
        assertThat(items.findValuesAsText("verdict"))
                .containsExactly("FALSE", "UNCLEAR", "TRUE", "FALSE");
        assertThat(items.get(0).get("analyst").asText()).isEqualTo("analyst");
        assertThat(items.get(2)).isEqualTo(label);

        JsonNode evaluation = http.json("/api/v1/evaluations/labels");
        assertThat(evaluation.get("labelled_minutes").asInt()).isEqualTo(4);
        assertThat(evaluation.get("unclear").asInt()).isEqualTo(1);
        JsonNode forest = evaluation.at("/models/0");
        assertThat(forest.get("sign").asText()).isEqualTo("ISOLATION");
        assertThat(forest.get("model_id").asText()).isEqualTo("iforest");
        assertThat(forest.get("flagged_true").asInt()).isEqualTo(1);
        assertThat(forest.get("flagged_false").asInt()).isEqualTo(1);
        assertThat(forest.get("precision").asDouble()).isEqualTo(0.5);
        assertThat(forest.get("precision_low").asDouble()).isBetween(0.094, 0.095);
        assertThat(forest.get("recall").asDouble()).isEqualTo(1);
        assertThat(forest.get("area_under_roc").asDouble()).isEqualTo(0.75);
        assertThat(evaluation.at("/models/1/sign").asText()).isEqualTo("SURPRISE");

        send("PUT", crash, "{\"verdict\":\"FALSE\",\"analyst\":\"bob\"}");
        assertThat(http.json("/api/v1/evaluations/labels?symbol=BTCUSDT").get("unclear").asInt())
                .as("a disputed minute")
                .isEqualTo(2);
        send("PUT", crash, "{\"verdict\":\"TRUE\",\"analyst\":\"bob\"}");
        assertThat(http.json("/api/v1/evaluations/labels").get("labelled_true").asInt()).isOne();

        assertThat(send("DELETE", crash + "?analyst=bob", "").statusCode()).isEqualTo(200);
        assertProblem(send("DELETE", crash + "?analyst=bob", ""), 404, "No label of analyst=bob");
        assertThat(http.get("/api/v1/labels?symbol=BTCUSDT&format=csv").body().lines()).hasSize(5);
    }

    private static void put(String time, String verdict) throws Exception {
        String path = "/api/v1/labels/BTCUSDT/" + time;
        assertThat(send("PUT", path, "{\"verdict\":\"" + verdict + "\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void badLabelsAreProblems() throws Exception {
        String minute = "/api/v1/labels/BTCUSDT/2026-01-05T00:40:00Z";
        assertProblem(
                send("PUT", minute, "{\"verdict\":\"MAYBE\"}"), 400, "TRUE, FALSE or UNCLEAR");
        assertProblem(send("PUT", minute, "{}"), 400, "No verdict");
        assertProblem(send("PUT", minute, "[]"), 400, "not a JSON object");
        assertProblem(send("PUT", minute, "{\"verdict\":"), 400, "not JSON");
        assertProblem(send("PUT", minute, "{\"verdict\":1}"), 400, "Not a text: verdict");
        assertProblem(send("PUT", minute, "{\"verdict\":\"TRUE\",\"x\":1}"), 400, "Unknown member");
        assertProblem(
                send("PUT", minute, "{\"verdict\":\"TRUE\",\"analyst\":\" \"}"), 400, "Not a name");
        assertProblem(
                send("PUT", minute, "{\"verdict\":\"TRUE\",\"note\":\"" + "x".repeat(2001) + "\"}"),
                400,
                "characters=2001");
        assertProblem(
                send("PUT", minute, "{\"verdict\":\"TRUE\",\"note\":\"a\\u0000b\"}"),
                400,
                "control characters");
        assertProblem(
                send("PUT", minute, "{\"note\":\"" + "x".repeat(70_000) + "\"}"), 413, "too large");
        assertProblem(
                send("PUT", minute.replace("40:00", "40:01"), "{\"verdict\":\"TRUE\"}"),
                400,
                "open time of a minute");
        assertProblem(
                send("PUT", minute.replace("2026", "2025"), "{\"verdict\":\"TRUE\"}"),
                404,
                "No final bar of that minute");
        assertProblem(
                send("PUT", minute.replace("BTC", "NOPE"), "{\"verdict\":\"TRUE\"}"),
                404,
                "Unknown symbol");
        assertProblem(
                send("PUT", minute.replace("00:40", "01:01"), "{\"verdict\":\"TRUE\"}"),
                404,
                "No final bar");
        assertProblem(http.send("PUT", minute), 415, "content-type");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String said) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(Http.parse(response.body()).get("detail").asText()).contains(said);
        assertThat(Http.parse(response.body()).get("detail").asText().lines()).hasSize(1);
    }
}

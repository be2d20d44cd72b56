package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.microstream.live.Http;
import io.microstream.live.SharedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiResponsesTest {

    private final Http http = SharedServer.http();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/bars | 400 | bad-parameter | Symbol is missing: symbol=(none). Give it once",
                "/api/v1/bars?symbol=BTCUSDT&symbol=ETHUSDT | 400 | bad-parameter | Parameter given 2 times: name=symbol. Give it once",
                "/api/v1/bars?symbol=BTCUSDT&colour=red | 400 | bad-parameter | Unknown parameter: name=colour. Known here are symbol, from, to, interval, final, order, limit, cursor, format",
                "/api/v1/bars?symbol=BTCUSDT&interval=2m | 400 | bad-parameter | Interval is none of 1m, 5m, 15m, 1h, 4h, 1d: interval=2m. Give one of them",
                "/api/v1/bars?symbol=BTCUSDT&limit=0 | 400 | bad-parameter | Limit must be 1 to 10000: limit=0. Give a whole number between",
                "/api/v1/bars?symbol=BTCUSDT&final=yes | 400 | bad-parameter | Final must be true or false: final=yes. Give one of the two",
                "/api/v1/bars?symbol=BTCUSDT&from=monday | 400 | bad-parameter | From is not a time: from=monday. Give 2026-01-05T00:17:00Z or epoch milliseconds; write + as %2B",
                "/api/v1/bars?symbol=BTCUSDT&from=1999-01-05T00:17:00Z | 400 | bad-parameter | From must lie in 2009 to 2100: from=1999-01-05T00:17:00Z. Give a time between",
                "/api/v1/bars?symbol=BTCUSDT&from=2026-01-05T01:00:00Z&to=2026-01-05T01:00:00Z | 400 | bad-range | Range is empty: from=2026-01-05T01:00:00Z to=2026-01-05T01:00:00Z. Give a from before to",
                "/api/v1/bars?symbol=BTCUSDT&cursor=AAAA | 400 | bad-cursor | Cursor damaged. Give the value of next as it was, or begin without cursor",
                "/api/v1/bars?symbol=btcusdt | 404 | unknown-symbol | Unknown symbol: symbol=btcusdt. Perhaps BTCUSDT is meant",
                "/api/v1/bars?symbol=BTCUSD&interval=1h | 404 | unknown-symbol | Unknown symbol: symbol=BTCUSD. Perhaps BTCUSDT is meant",
                "/api/v1/summary?symbol=SOLEUR | 404 | unknown-symbol | Unknown symbol: symbol=SOLEUR. See /api/v1/symbols",
                "/api/v1/nothing | 404 | unknown-path | Nothing here: path=/api/v1/nothing. See /api/v1/openapi.json",
                "/nothing.html | 404 | unknown-path | Nothing here: path=/nothing.html. See /api/v1/openapi.json",
                "/api/v1/bars?symbol=%zz | 400 | bad-request | Request not readable: check its percent-encoding and headers",
            })
    void wrongRequestsAreToldWhatIsWrong(String path, int status, String name, String detail) {
        String answer =
                http.raw(
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        JsonNode body = Http.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(body.get("type").asText()).isEqualTo("urn:microstream:problem:" + name);
        assertThat(body.get("detail").asText()).isEqualTo(detail);
        assertThat(body.get("status").asInt()).isEqualTo(status);
    }

    @Test
    void tooLongRequestsAreProblems() {
        String host = " HTTP/1.1\r\nHost: localhost\r\n";
        String line = http.raw("GET /" + "a".repeat(9000) + host + "\r\n");
        assertThat(line)
                .contains(" 414 ")
                .contains("Address too long: limitBytes=8192. Ask shorter");
        String header = http.raw("GET /" + host + "X: " + "a".repeat(17000) + "\r\n\r\n");
        assertThat(header).contains(" 431 ").contains("Headers too large");
        assertThat(http.raw("nonsense\r\n\r\n")).contains(" 400 ");
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String next = http.json("/api/v1/bars?symbol=BTCUSDT&limit=5").get("next").asText();
        HttpResponse<String> other = http.get("/api/v1/bars?symbol=ETHUSDT&limit=5&cursor=" + next);
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(Http.parse(other.body()).get("detail").asText())
                .isEqualTo(
                        "Cursor of another list. Give it with the parameters it was given out for, or begin without cursor");
        assertThat(http.get("/api/v1/bars?symbol=BTCUSDT&limit=7&cursor=" + next).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/bars?symbol=BTCUSDT&limit=1, x",
        "/api/v1/bars?symbol=BTCUSDT&limit=1, +999999999-01-01T00:00:00Z",
        "/api/v1/quality?limit=1, x",
        "/api/v1/quality?limit=1, \\0"
    })
    void wellMadeCursorWithForgedValuesIsRefused(String path, String value) throws Exception {
        ObjectMapper json = new ObjectMapper();
        byte[] whole = Base64.getUrlDecoder().decode(http.json(path).get("next").asText());
        int values = json.readTree(whole, 8, whole.length - 8).size();
        for (int i = 1; i < values; i++) {
            ArrayNode place = (ArrayNode) json.readTree(whole, 8, whole.length - 8);
            place.set(i, TextNode.valueOf(value.replace("\\0", "\0")));
            byte[] body = json.writeValueAsBytes(place);
            byte[] check = MessageDigest.getInstance("SHA-256").digest(body);
            ByteBuffer forged = ByteBuffer.allocate(8 + body.length).put(check, 0, 8).put(body);
            String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.array());
            assertThat(http.get(path + "&cursor=" + cursor).statusCode())
                    .as(place.toString())
                    .isIn(200, 400);
        }
    }

    @Test
    void linkLeadsToTheNextPage() {
        HttpResponse<String> first =
                http.get("/api/v1/bars?symbol=BTCUSDT&limit=2&from=2026-01-05T00:00:00%2B00:00");
        String link = first.headers().firstValue("link").orElseThrow();
        assertThat(link).endsWith(">; rel=\"next\"");
        JsonNode second = http.json(link.substring(1, link.indexOf('>')));
        assertThat(second.get("items").findValuesAsText("open_time"))
                .containsExactly("2026-01-05T00:02:00Z", "2026-01-05T00:03:00Z");
    }

    @Test
    void headIsGetWithoutBody() {
        HttpResponse<String> head = http.send("HEAD", "/api/v1/symbols");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag"))
                .isEqualTo(http.get("/api/v1/symbols").headers().firstValue("etag"));
    }

    @Test
    void otherMethodsAreRefusedWithThoseAllowed() {
        HttpResponse<String> response = http.send("DELETE", "/api/v1/bars?symbol=BTCUSDT");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void unknownMediaTypesAreRefused() {
        HttpResponse<String> response =
                http.get("/api/v1/bars?symbol=BTCUSDT", "Accept", "image/png");
        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(Http.parse(response.body()).get("detail").asText())
                .isEqualTo(
                        "Media type not given here: accept=image/png. Accept application/json or text/csv");
    }

    @Test
    void csvComesByAcceptAndByFormat() {
        String path = "/api/v1/bars?symbol=BTCUSDT&limit=1";
        HttpResponse<String> csv = http.get(path, "Accept", "text/csv, application/json;q=0.5");
        assertThat(csv.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body())
                .isEqualTo(
                        "symbol,open_time,open,high,low,close,volume,quote_volume,taker_buy_volume,taker_buy_quote_volume,trade_count,first_trade_id,last_trade_id,is_final,complete,revision,received_at,committed_at\r\n"
                                + "BTCUSDT,2026-01-05T00:00:00Z,100.00000000,107.00000000,93.00000000,101.09999333,0.00000000,0.00000000,0.00000000,0.00000000,0,0,399,true,true,1,2026-01-05T00:00:59.900Z,2026-01-05T00:01:00.250Z\r\n");
        assertThat(http.get(path + "&format=csv").body()).isEqualTo(csv.body());
        assertThat(http.get(path + "&format=json", "Accept", "text/csv").body()).startsWith("{");
    }

    @Test
    void responsesAreCompressedAndUnchangedOnesNotModified() throws IOException {
        String path = "/api/v1/bars?symbol=BTCUSDT&limit=100";
        HttpResponse<byte[]> packed = http.bytes(path, "Accept-Encoding", "gzip, br");
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(http.get(path).body());
        }
        String etag = packed.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = http.get(path, "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void provisionalRowComesOnlyWhenAskedFor() {
        String path = "/api/v1/bars?symbol=BTCUSDT&order=desc&limit=1";
        assertThat(http.json(path).at("/items/0/open_time").asText())
                .isEqualTo("2026-01-07T23:58:00Z");
        JsonNode running = http.json(path + "&final=false").at("/items/0");
        assertThat(running.get("open_time").asText()).isEqualTo("2026-01-07T23:59:00Z");
        assertThat(running.get("is_final").asBoolean()).isFalse();
        assertThat(running.get("revision").asInt()).isEqualTo(-2);
    }

    @Test
    void notANumberIsNull() {
        JsonNode row = http.json("/api/v1/features?symbol=BTCUSDT&limit=1").at("/items/0");
        assertThat(row.get("taker_imbalance").isNull()).isTrue();
        assertThat(row.get("momentum").isNull()).isTrue();
        assertThat(row.get("log_volatility").asDouble()).isEqualTo(-7.25);
    }

    @Test
    void faultsCanBeChosenByKind() {
        JsonNode faults = http.json("/api/v1/quality?kind=GAP&symbol=ETHUSDT");
        assertThat(faults.get("items")).hasSize(40);
        assertThat(faults.at("/items/0"))
                .isEqualTo(
                        Http.parse(
                                """
                                {"symbol": "ETHUSDT", "detected_at": "2026-01-05T06:00:00.123456Z", "kind": "GAP",
                                 "first_id": 0, "last_id": 9, "missing": 0, "repaired": 10, "detail": "", "committed_at": null}
                                """));
    }

    @Test
    void pageFilesAreCompressedAndHashedOnesImmutable() {
        HttpResponse<byte[]> hashed = http.bytes("/probe-3f9a1c07.js", "Accept-Encoding", "gzip");
        assertThat(hashed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(hashed.headers().firstValue("cache-control"))
                .contains("public, max-age=31536000, immutable");
        assertThat(hashed.headers().firstValue("content-type"))
                .contains("text/javascript; charset=utf-8");
        HttpResponse<String> plain = http.get("/probe.txt");
        assertThat(plain.body()).startsWith("probe of the page's files\n");
        assertThat(plain.headers().firstValue("cache-control")).contains("no-cache");
        String etag = plain.headers().firstValue("etag").orElseThrow();
        assertThat(http.get("/probe.txt", "If-None-Match", etag).statusCode()).isEqualTo(304);
    }

    @Test
    void everyResponseHasSecurityHeaders() {
        for (String path : new String[] {"/probe.txt", "/api/v1/symbols", "/api/v1/none"}) {
            var headers = http.get(path).headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
            assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
            assertThat(headers.map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @Test
    void metricsCountRequestsAndConnections() {
        http.get("/api/v1/symbols");
        assertThat(http.get("/metrics").body())
                .contains(
                        "microstream_api_requests_seconds_count{operation=\"listSymbols\",status=\"200\"}")
                .contains("hikaricp_connections_active")
                .contains("microstream_api_pending");
    }
}

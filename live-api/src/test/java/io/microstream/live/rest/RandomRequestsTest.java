package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Http;
import io.microstream.live.Schemas;
import io.microstream.live.SharedServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;

/** Requests made of the contract by chance; jqwik prints the seed of what fails. */
class RandomRequestsTest {

    private final Http http = SharedServer.http();
    private static final Schemas SCHEMAS =
            new Schemas(SharedServer.http().json("/api/v1/openapi.json"));

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void validRequestsAreAnsweredAsTheContractSays(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        String path = RandomRequest.path(SCHEMAS, random);
        Map<String, String> query = RandomRequest.valid(SCHEMAS, path, random);
        String accept = random.nextInt(4) == 0 ? "text/csv, */*;q=0.1" : "*/*";
        HttpResponse<String> response = http.get(path + text(query), "Accept", accept);
        assertThat(response.statusCode()).as(path + query + response.body()).isEqualTo(200);
        judge(path, response);
    }

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void invalidRequestsAreRefusedWithAProblemThatNamesTheParameter(
            @ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        String path = RandomRequest.path(SCHEMAS, random);
        Map<String, String> query = RandomRequest.valid(SCHEMAS, path, random);
        String spoiled = RandomRequest.spoil(SCHEMAS, path, query, random);
        HttpResponse<String> response = http.get(path + text(query));
        assertThat(response.statusCode())
                .as(path + query + response.body())
                .isIn(spoiled.equals("symbol") ? List.of(400, 404) : List.of(400));
        judge(path, response);
        assertThat(Http.parse(response.body()).path("parameter").asText())
                .as(path + query + response.body())
                .isEqualTo(spoiled);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void pagesOfAnySizeGiveEachRowOnceInOrder(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        List<String> lists =
                SCHEMAS.contract().get("paths").properties().stream()
                        .filter(each -> each.getValue().toString().contains("/Cursor"))
                        .map(Map.Entry::getKey)
                        .toList();
        String path = lists.get(random.nextInt(lists.size()));
        Map<String, String> query = RandomRequest.valid(SCHEMAS, path, random);
        query.remove("format");
        query.put("limit", "10000");
        List<JsonNode> whole = items(http.json(path + text(query)));
        List<JsonNode> paged = new ArrayList<>();
        int least = Math.max(1, whole.size() / 25);
        String next = "";
        while (next != null) {
            query.put("limit", String.valueOf(least + random.nextInt(2 * least + 3)));
            if (!next.isEmpty()) {
                query.put("cursor", next);
            }
            JsonNode page = http.json(path + text(query));
            paged.addAll(items(page));
            next = page.get("next").textValue();
        }
        assertThat(paged).as(path + query).isEqualTo(whole);
        assertOrdered(path, query, whole);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void csvHoldsWhatJsonHolds(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        List<String> lists =
                SCHEMAS.contract().get("paths").properties().stream()
                        .filter(each -> each.getValue().toString().contains("/Format"))
                        .map(Map.Entry::getKey)
                        .toList();
        String path = lists.get(random.nextInt(lists.size()));
        Map<String, String> query = RandomRequest.valid(SCHEMAS, path, random);
        query.put("limit", String.valueOf(1 + random.nextInt(200)));
        query.put("format", "json");
        HttpResponse<String> json = http.get(path + text(query));
        query.put("format", "csv");
        HttpResponse<String> csv = http.get(path + text(query));
        assertThat(CsvText.rows(csv.body()))
                .as(path + query)
                .isEqualTo(CsvText.of(items(Http.parse(json.body()))));
        assertThat(csv.headers().firstValue("link").map(link -> link.replace("csv", "json")))
                .isEqualTo(json.headers().firstValue("link"));
    }

    private static void assertOrdered(String path, Map<String, String> query, List<JsonNode> rows) {
        String time =
                path.endsWith("quality")
                        ? "detected_at"
                        : path.endsWith("models") ? "effective_from" : "open_time";
        List<Instant> times =
                rows.stream().map(row -> Instant.parse(row.get(time).asText())).toList();
        List<Instant> sorted = new ArrayList<>(times);
        sorted.sort(
                "desc".equals(query.get("order")) ? (a, b) -> b.compareTo(a) : Instant::compareTo);
        assertThat(times).isEqualTo(sorted);
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.get("items").forEach(items::add);
        return items;
    }

    private static void judge(String path, HttpResponse<String> response) {
        String type = response.headers().firstValue("content-type").orElse("").split(";")[0];
        assertThat(SCHEMAS.response(path, "get", response.statusCode()).path("content").has(type))
                .as(path + " " + response.statusCode() + " " + type)
                .isTrue();
        if (type.endsWith("json")) {
            assertThat(
                            SCHEMAS.faults(
                                    path,
                                    "get",
                                    response.statusCode(),
                                    type,
                                    Http.parse(response.body())))
                    .as(path)
                    .isEmpty();
        }
    }

    private static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(
                        each ->
                                each.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}

package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Http;
import io.microstream.live.Schemas;
import io.microstream.live.SharedServer;
import io.microstream.live.rows.BucketTables;
import io.microstream.live.rows.Column;
import io.microstream.live.rows.Table;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {

    private final Http http = SharedServer.http();
    private final Schemas schemas = new Schemas(http.json("/api/v1/openapi.json"));

    @Test
    void publicParserFindsNothingWrongWithTheFile() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result =
                new OpenAPIV3Parser()
                        .readContents(http.get("/api/v1/openapi.yaml").body(), null, options);
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.isOpenapi31()).isTrue();
        assertThat(result.getOpenAPI().getPaths())
                .containsKeys("/api/v1/bars", "/api/v1/health", "/metrics");
    }

    @Test
    void servedFilesAreTheOneOfTheRelease() {
        Contract contract = Contract.load();
        assertThat(http.get("/api/v1/openapi.yaml").body()).isEqualTo(contract.yaml());
        assertThat(schemas.contract()).isEqualTo(Http.parse(contract.json()));
    }

    @Test
    void everyOperationDocumentsWhatAnyRequestMayMeet() {
        for (Map.Entry<String, JsonNode> path : schemas.contract().get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                List<String> statuses = new ArrayList<>();
                operation.getValue().get("responses").fieldNames().forEachRemaining(statuses::add);
                assertThat(statuses)
                        .as(operation.getKey() + " " + path.getKey())
                        .contains("200", "400", "401", "403", "429", "500");
            }
        }
    }

    @Test
    void schemasHaveTheColumnsThatRowsHave() {
        Map<String, Table> shapes =
                Map.of(
                        "Bar", Table.BARS,
                        "Features", Table.FEATURES,
                        "RegimeRow", Table.REGIMES,
                        "Anomaly", Table.ANOMALIES,
                        "Quality", Table.DATA_QUALITY,
                        "Model", Table.MODELS,
                        "BarBucket", BucketTables.BARS,
                        "FeaturesBucket", BucketTables.FEATURES,
                        "RegimeBucket", BucketTables.REGIMES,
                        "AnomalyBucket", BucketTables.ANOMALIES);
        shapes.forEach(
                (name, shape) -> {
                    List<String> properties = new ArrayList<>();
                    schemas.contract()
                            .at("/components/schemas/" + name + "/properties")
                            .fieldNames()
                            .forEachRemaining(properties::add);
                    assertThat(properties)
                            .as(name)
                            .isEqualTo(shape.columns().stream().map(Column::name).toList());
                });
    }

    @Test
    void everyOperationAnswersAsTheFileSays() {
        for (String path :
                List.of(
                        "bars",
                        "features",
                        "regimes",
                        "anomalies",
                        "quality",
                        "models",
                        "symbols")) {
            String address = "/api/v1/" + path;
            JsonNode body =
                    http.json(
                            address
                                    + (List.of("models", "symbols").contains(path)
                                            ? ""
                                            : "?symbol=BTCUSDT"));
            assertThat(body.get("items")).as(path).isNotEmpty();
            assertThat(schemas.faults(address, "get", 200, "application/json", body)).isEmpty();
        }
        for (String path : List.of("/api/v1/health", "/api/v1/summary?symbol=ETHUSDT")) {
            assertThat(
                            schemas.faults(
                                    path.replaceAll("\\?.*", ""),
                                    "get",
                                    200,
                                    "application/json",
                                    http.json(path)))
                    .isEmpty();
        }
    }
}

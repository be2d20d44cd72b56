package io.microstream.live.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.Http;
import io.microstream.live.Schemas;
import io.microstream.live.SharedServer;
import io.microstream.live.rows.BucketTables;
import io.microstream.live.rows.Table;
import io.microstream.tables.Column;
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
    void everyOperationDocumentsCommonResponses() {
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
    void schemasHaveTheColumnsOfRowsWithTheirTypesInTheirOrder() {
        Map<String, Table> shapes =
                Map.ofEntries(
                        Map.entry("Bar", Table.BARS),
                        Map.entry("Features", Table.FEATURES),
                        Map.entry("RegimeRow", Table.REGIMES),
                        Map.entry("Anomaly", Table.ANOMALIES),
                        Map.entry("Quality", Table.DATA_QUALITY),
                        Map.entry("Model", Table.MODELS),
                        Map.entry("Label", Table.LABELS),
                        Map.entry("BarBucket", BucketTables.BARS),
                        Map.entry("FeaturesBucket", BucketTables.FEATURES),
                        Map.entry("RegimeBucket", BucketTables.REGIMES),
                        Map.entry("AnomalyBucket", BucketTables.ANOMALIES));
        shapes.forEach(
                (name, shape) -> {
                    JsonNode schema = schemas.contract().at("/components/schemas/" + name);
                    List<String> properties = new ArrayList<>();
                    schema.get("properties")
                            .properties()
                            .forEach(p -> properties.add(p.getKey() + " " + type(p.getValue())));
                    assertThat(properties)
                            .as(name)
                            .isEqualTo(
                                    shape.columns().stream()
                                            .map(c -> c.name() + " " + type(c))
                                            .toList());
                    assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
                    assertThat(schema.get("required"))
                            .extracting(JsonNode::asText)
                            .as(name)
                            .isEqualTo(shape.columns().stream().map(Column::name).toList());
                });
    }

    private static String type(Column column) {
        String type =
                switch (column.type()) {
                    case BOOL -> "boolean";
                    case INT4, INT8 -> "integer";
                    case FLOAT8 -> "number";
                    case NUMERIC -> "decimal";
                    case TIMESTAMPTZ -> "date-time";
                    case JSONB -> "json";
                    default -> "string";
                };
        return column.isNullable() ? type + " or null" : type;
    }

    /** Names the type of a property: decimals and times are strings of a form of their own. */
    private String type(JsonNode property) {
        JsonNode schema = schemas.resolved(property);
        List<String> types = new ArrayList<>();
        if (schema.get("type").isArray()) {
            schema.get("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.get("type").asText());
        }
        if (types.contains("object")) {
            return "json";
        }
        String type = types.get(0);
        if (schema.path("pattern").asText().contains("\\d+(\\.\\d+)?")) {
            type = "decimal";
        } else if (schema.has("format")) {
            type = schema.get("format").asText();
        }
        return types.contains("null") ? type + " or null" : type;
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

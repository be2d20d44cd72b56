package io.microstream.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The contract as served, and a public judge of answers by it. */
public final class Schemas {

    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode contract;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    public Schemas(JsonNode contract) {
        this.contract = contract;
    }

    /** The whole file. */
    public JsonNode contract() {
        return contract;
    }

    /** A node, or what its reference leads to. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The answer that the contract has for a status; missing if it has none. */
    public JsonNode response(String path, String method, int status) {
        return resolved(
                contract.path("paths")
                        .path(path)
                        .path(method)
                        .path("responses")
                        .path(String.valueOf(status)));
    }

    /** What is wrong with a body; empty if nothing. */
    public Set<String> faults(String path, String method, int status, String type, JsonNode body) {
        JsonNode schema = response(path, method, status).path("content").path(type).path("schema");
        if (schema.isMissingNode()) {
            return Set.of(
                    "not in the contract: " + method + " " + path + " " + status + " " + type);
        }
        return schemas
                .computeIfAbsent(schema.toString(), text -> compiled(schema))
                .validate(body)
                .stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        root.set("components", contract.get("components"));
        return FACTORY.getSchema(root);
    }
}

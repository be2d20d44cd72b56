package io.microstream.live.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The OpenAPI file: what there is to ask, and with which parameters. It is not only shown but
 * enforced: {@link Routes} mounts its operations and {@link ApiRequest} checks requests against it.
 */
public final class Contract {

    /**
     * One operation.
     *
     * @param id operationId
     * @param method GET, PUT, …
     * @param path as in the file, {@code /api/v1/labels/{symbol}}
     * @param parameters of path and query
     * @param hasBody whether a JSON body belongs to it
     * @param mediaTypes of its success
     */
    record Operation(
            String id,
            String method,
            String path,
            List<Parameter> parameters,
            boolean hasBody,
            List<String> mediaTypes) {

        /** Returns the path in the notation of the router. */
        String routerPath() {
            return path.replaceAll("\\{([a-z_]+)}", ":$1");
        }
    }

    /**
     * One parameter.
     *
     * @param in {@code query} or {@code path}
     * @param schema with references resolved
     */
    record Parameter(String name, String in, boolean required, JsonNode schema) {}

    private final byte[] yaml;
    private final JsonNode root;
    private final List<Operation> operations = new ArrayList<>();

    private Contract(byte[] yaml) throws IOException {
        this.yaml = yaml;
        this.root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(operation(path.getKey(), method.getKey(), method.getValue()));
            }
        }
    }

    /** Reads the file of this release. */
    public static Contract load() {
        try (InputStream file = Contract.class.getResourceAsStream("/openapi.yaml")) {
            if (file == null) {
                throw new IllegalStateException(
                        "Contract missing: resource=/openapi.yaml. Build live-api again");
            }
            return new Contract(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Contract unreadable: resource=/openapi.yaml", e);
        }
    }

    private Operation operation(String path, String method, JsonNode node) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode each : node.path("parameters")) {
            JsonNode parameter = resolved(each);
            parameters.add(
                    new Parameter(
                            parameter.path("name").asText(),
                            parameter.path("in").asText(),
                            parameter.path("required").asBoolean(false),
                            resolved(parameter.path("schema"))));
        }
        List<String> mediaTypes = new ArrayList<>();
        JsonNode success = resolved(node.path("responses").path("200"));
        success.path("content").fieldNames().forEachRemaining(mediaTypes::add);
        return new Operation(
                node.path("operationId").asText(),
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                List.copyOf(parameters),
                node.has("requestBody"),
                List.copyOf(mediaTypes));
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode()
                ? node
                : resolved(root.at(reference.asText().substring(1)));
    }

    List<Operation> operations() {
        return operations;
    }

    /** Returns the file as it is. */
    public String yaml() {
        return new String(yaml, StandardCharsets.UTF_8);
    }

    /** Returns the file converted to JSON. */
    public String json() {
        try {
            return Json.MAPPER.writeValueAsString(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the release that the file names. */
    public String version() {
        return root.path("info").path("version").asText();
    }
}

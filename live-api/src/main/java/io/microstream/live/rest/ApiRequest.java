package io.microstream.live.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request that agrees with the {@link Contract}: every parameter is known, given once, and read
 * as its schema says; what is absent has the schema's default.
 */
public final class ApiRequest {

    private final Contract.Operation operation;
    private final Map<String, Object> values;
    private final List<MIMEHeader> accepted;
    private final String path;
    private final MultiMap query;
    private final Buffer body;

    private ApiRequest(
            Contract.Operation operation,
            Map<String, Object> values,
            List<MIMEHeader> accepted,
            String path,
            MultiMap query,
            Buffer body) {
        this.operation = operation;
        this.values = values;
        this.accepted = accepted;
        this.path = path;
        this.query = query;
        this.body = body;
    }

    /**
     * Reads and checks a request; on its event loop.
     *
     * @throws ProblemException (400) if it does not agree with the contract
     */
    static ApiRequest of(Contract.Operation operation, RoutingContext context) {
        MultiMap query = context.queryParams();
        for (String name : query.names()) {
            refuseUnknown(operation, name);
            refuseRepeated(query, name);
        }
        Map<String, Object> values = new HashMap<>();
        for (Contract.Parameter parameter : operation.parameters()) {
            String text =
                    parameter.in().equals("path")
                            ? context.pathParam(parameter.name())
                            : query.get(parameter.name());
            values.put(parameter.name(), ParameterValue.of(parameter, text));
        }
        return new ApiRequest(
                operation,
                values,
                context.parsedHeaders().accept(),
                context.request().path(),
                query,
                operation.hasBody() ? context.body().buffer() : null);
    }

    private static void refuseUnknown(Contract.Operation operation, String name) {
        boolean isKnown =
                name.equals("token")
                        || operation.parameters().stream()
                                .anyMatch(p -> p.in().equals("query") && p.name().equals(name));
        if (!isKnown) {
            String known =
                    operation.parameters().stream()
                            .filter(parameter -> parameter.in().equals("query"))
                            .map(Contract.Parameter::name)
                            .collect(Collectors.joining(", "));
            throw new ProblemException(
                    Problem.badParameter(
                            OneLine.of(name),
                            "Unknown parameter: name="
                                    + OneLine.of(name)
                                    + ". "
                                    + (known.isEmpty()
                                            ? "Leave it out: there are none here"
                                            : "Known here are " + known)));
        }
    }

    private static void refuseRepeated(MultiMap query, String name) {
        if (query.getAll(name).size() > 1) {
            throw new ProblemException(
                    Problem.badParameter(
                            name,
                            "Parameter given "
                                    + query.getAll(name).size()
                                    + " times: name="
                                    + name
                                    + ". Give it once"));
        }
    }

    /** Returns a text parameter; null if absent. */
    public String text(String name) {
        return (String) values.get(name);
    }

    /** Returns an integer that is required or has a default. */
    public int number(String name) {
        return ((Long) values.get(name)).intValue();
    }

    /** Returns a boolean that is required or has a default. */
    public boolean bool(String name) {
        return (Boolean) values.get(name);
    }

    /** Returns a time; null if absent. */
    public Instant time(String name) {
        return (Instant) values.get(name);
    }

    /** Returns whether the operation has a parameter of this name. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns the path of the request. */
    String path() {
        return path;
    }

    /** Returns the query parameters as they were given. */
    MultiMap query() {
        return query;
    }

    /**
     * Returns the media type that the client prefers among those of the contract.
     *
     * @throws ProblemException (406) if it accepts none of them
     */
    public String mediaType() {
        if (accepted.isEmpty()) {
            return operation.mediaTypes().get(0);
        }
        return accepted.stream()
                .filter(header -> header.weight() > 0)
                .flatMap(header -> operation.mediaTypes().stream().filter(t -> matches(header, t)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.notAcceptable(
                                                "Media type not given here: accept="
                                                        + OneLine.of(
                                                                accepted.stream()
                                                                        .map(MIMEHeader::value)
                                                                        .collect(
                                                                                Collectors.joining(
                                                                                        ",")))
                                                        + ". Accept "
                                                        + String.join(
                                                                " or ", operation.mediaTypes()))));
    }

    private static boolean matches(MIMEHeader header, String mediaType) {
        String[] parts = mediaType.split("/", 2);
        return (header.component().equals("*") || header.component().equalsIgnoreCase(parts[0]))
                && (header.subComponent().equals("*")
                        || header.subComponent().equalsIgnoreCase(parts[1]));
    }

    /**
     * Returns the JSON body.
     *
     * @throws ProblemException (400) if it is absent or not JSON
     */
    public JsonNode body() {
        try {
            JsonNode tree = body == null ? null : Json.MAPPER.readTree(body.getBytes());
            if (tree == null || tree.isMissingNode()) {
                throw new ProblemException(Problem.badRequest("Body missing. Send a JSON object"));
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    Problem.badRequest(
                            "Body is not JSON: line="
                                    + e.getLocation().getLineNr()
                                    + " column="
                                    + e.getLocation().getColumnNr()
                                    + ". Send a JSON object"));
        } catch (IOException e) {
            throw new IllegalStateException("Body in memory unreadable", e);
        }
    }
}

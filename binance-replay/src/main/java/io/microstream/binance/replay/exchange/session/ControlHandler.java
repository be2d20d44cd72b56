package io.microstream.binance.replay.exchange.session;

import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Answers the control messages of a connection, errors in the documented words. */
final class ControlHandler {

    private static final String METHODS =
            "`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";

    private final StreamSession session;
    private final boolean bareErrors;

    ControlHandler(StreamSession session, boolean bareErrors) {
        this.session = session;
        this.bareErrors = bareErrors;
    }

    void handle(String text) {
        ControlRequest request;
        try {
            request = ControlRequest.read(text);
        } catch (ControlRequest.NotJson e) {
            refuse(3, "Invalid JSON: expected value at " + e.where(), null);
            return;
        }
        if (request.method() == null) {
            invalid("missing field `method` at line 1 column " + request.end(), request);
        } else if (request.id() == null) {
            invalid("request ID must be an unsigned integer", request);
        } else {
            answer(request);
        }
    }

    private void answer(ControlRequest request) {
        switch (request.method()) {
            case "SUBSCRIBE", "UNSUBSCRIBE" -> streams(request);
            case "LIST_SUBSCRIPTIONS" -> list(request);
            case "SET_PROPERTY", "GET_PROPERTY" -> property(request);
            default ->
                    invalid(
                            "unknown variant `"
                                    + request.method().replaceAll("[\"\\\\\\p{Cntrl}]", "?")
                                    + "`, expected one of "
                                    + METHODS
                                    + " at line 1 column "
                                    + request.methodColumn(),
                            request);
        }
    }

    private void streams(ControlRequest request) {
        if (request.params() == null) {
            invalid("missing field `params` at line 1 column " + request.end(), request);
            return;
        }
        List<StreamName> names = new ArrayList<>();
        for (Object param : request.params()) {
            names.add(param instanceof String text ? StreamName.read(text) : null);
        }
        if (names.stream().anyMatch(Objects::isNull)) {
            invalid("invalid stream", request);
        } else if (request.method().equals("UNSUBSCRIBE")) {
            names.forEach(session::unsubscribe);
            result("null", request);
        } else if (session.streamsWith(names) > StreamRules.STREAMS) {
            invalid("too many streams", request);
        } else {
            result("null", request);
            names.forEach(session::subscribe);
        }
    }

    private void list(ControlRequest request) {
        if (request.params() != null && !request.params().isEmpty()) {
            invalid("too many parameters", request);
        } else {
            JsonWriter result = new JsonWriter().object().name("result").array();
            session.streams().forEach(result::add);
            session.send(result.end().name("id").addJson(request.id()).end());
        }
    }

    private void property(ControlRequest request) {
        boolean set = request.method().equals("SET_PROPERTY");
        List<Object> params = request.params() == null ? List.of() : request.params();
        if (params.size() > (set ? 2 : 1)) {
            invalid("too many parameters", request);
        } else if (params.isEmpty() || !(params.get(0) instanceof String name)) {
            invalid("property name must be a string", request);
        } else if (!name.equals("combined")) {
            refuse(0, "Unknown property", request.id());
        } else if (!set) {
            result(Boolean.toString(session.combined()), request);
        } else if (params.size() == 2 && params.get(1) instanceof Boolean wrapped) {
            session.combined(wrapped);
            result("null", request);
        } else {
            refuse(1, "Invalid value type: expected Boolean", request.id());
        }
    }

    private void result(String json, ControlRequest request) {
        JsonWriter result = new JsonWriter().object().name("result").addJson(json);
        session.send(result.name("id").addJson(request.id()).end());
    }

    private void invalid(String why, ControlRequest request) {
        refuse(2, "Invalid request: " + why, request.id());
    }

    private void refuse(int code, String message, String id) {
        JsonWriter error = new JsonWriter().object();
        if (!bareErrors) {
            error.name("error").object();
        }
        error.put("code", code).put("msg", message);
        if (!bareErrors) {
            error.end();
        }
        if (!bareErrors || code == 0) {
            error.name("id").addJson(String.valueOf(id));
        }
        session.send(error.end());
    }
}

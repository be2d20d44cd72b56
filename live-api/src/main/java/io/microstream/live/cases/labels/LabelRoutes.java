package io.microstream.live.cases.labels;

import com.fasterxml.jackson.databind.JsonNode;
import io.microstream.live.cases.CaseQueries;
import io.microstream.live.cases.CaseRoutes;
import io.microstream.live.cases.CaseWindow;
import io.microstream.live.rest.ApiRequest;
import io.microstream.live.rest.ApiResponse;
import io.microstream.live.rest.Json;
import io.microstream.live.rest.KnownSymbol;
import io.microstream.live.rest.Mount;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rest.Routes;
import io.microstream.live.rest.ServerContext;
import io.microstream.live.rows.Row;
import io.microstream.market.Bar;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Serves labels and the evaluation of models by them. Nothing else in the API writes. */
public final class LabelRoutes implements Mount {

    private static final Set<String> PARTS = new TreeSet<>(Set.of("verdict", "note", "analyst"));

    private ServerContext server;
    private Labels labels;

    @Override
    public void mount(Routes routes, ServerContext server) {
        this.server = server;
        this.labels = new Labels(server.database().address());
        routes.operation("putLabel", this::put);
        routes.operation("deleteLabel", this::delete);
        routes.operation("evaluateLabels", this::evaluate);
    }

    private ApiResponse put(ApiRequest request) {
        String symbol = request.text("symbol");
        Instant openTime = openTime(request);
        Label label = label(request.body());
        Optional<Row> stored = labels.put(symbol, openTime, label);
        if (stored.isEmpty()) {
            requireMinute(symbol, openTime);
        }
        return ApiResponse.json(
                stored.orElseThrow(() -> notThere("No final bar of that minute", symbol, openTime))
                        .json());
    }

    private ApiResponse delete(ApiRequest request) {
        String symbol = request.text("symbol");
        Instant openTime = openTime(request);
        String analyst = checked(() -> Label.checkedAnalyst(request.text("analyst")));
        if (!labels.delete(symbol, openTime, analyst)) {
            throw notThere("No label of analyst=" + analyst, symbol, openTime);
        }
        return ApiResponse.json(Json.object().put("deleted", true));
    }

    private ApiResponse evaluate(ApiRequest request) {
        String symbol = request.text("symbol");
        return ApiResponse.json(
                server.database()
                        .readOneState(
                                connection -> {
                                    if (symbol != null) {
                                        KnownSymbol.require(connection, symbol);
                                    }
                                    return LabelEvaluation.read(connection, symbol);
                                })
                        .json());
    }

    /** Refuses a minute without a final bar, and says which minutes there are. */
    private void requireMinute(String symbol, Instant openTime) {
        CaseWindow window = CaseRoutes.window(symbol, openTime, 1);
        CaseRoutes.found(
                () ->
                        server.database()
                                .read(
                                        connection -> {
                                            new CaseQueries(connection, window).requireMoment();
                                            return window;
                                        }));
    }

    private static Instant openTime(ApiRequest request) {
        Instant time = request.time("open_time");
        if (time.toEpochMilli() % Bar.MINUTE_MS != 0 || time.getNano() % 1_000_000 != 0) {
            throw new ProblemException(
                    Problem.badParameter(
                            "open_time",
                            "Not the open time of a minute: open_time="
                                    + time
                                    + ". Give one with seconds 00"));
        }
        return time;
    }

    private static Label label(JsonNode body) {
        if (!body.isObject()) {
            throw new ProblemException(
                    Problem.badRequest("Body is not a JSON object. Send {\"verdict\": \"TRUE\"}"));
        }
        body.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!PARTS.contains(name)) {
                                throw bad("body", "Unknown member in the body. Known are " + PARTS);
                            }
                        });
        String verdict = text(body, "verdict");
        return checked(
                () ->
                        new Label(
                                verdict == null ? null : Label.Verdict.of(verdict),
                                text(body, "note"),
                                text(body, "analyst")));
    }

    private static String text(JsonNode body, String part) {
        JsonNode value = body.path(part);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw bad(part, "Not a text: " + part + ". Send a JSON string");
        }
        return value.asText();
    }

    private static <T> T checked(Supplier<T> label) {
        try {
            return label.get();
        } catch (BadLabelException e) {
            throw bad(e.part(), e.getMessage());
        }
    }

    private static ProblemException bad(String part, String detail) {
        return new ProblemException(Problem.badParameter(part, detail));
    }

    private static ProblemException notThere(String what, String symbol, Instant openTime) {
        return new ProblemException(
                Problem.notThere(
                        what
                                + ": symbol="
                                + symbol
                                + " open_time="
                                + openTime
                                + ". Check symbol and time"));
    }
}

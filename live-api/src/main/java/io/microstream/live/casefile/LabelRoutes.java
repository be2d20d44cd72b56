package io.microstream.live.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.microstream.live.rest.Answer;
import io.microstream.live.rest.Call;
import io.microstream.live.rest.KnownSymbol;
import io.microstream.live.rest.Mount;
import io.microstream.live.rest.Parts;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rest.Routes;
import io.microstream.live.rows.Row;
import io.microstream.market.Bar;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Labels over REST, and how the models fare by them. Nothing else in the API writes. */
public final class LabelRoutes implements Mount {

    private static final Set<String> PARTS = new TreeSet<>(Set.of("verdict", "note", "analyst"));

    private Parts parts;
    private Labels labels;

    @Override
    public void mount(Routes routes, Parts with) {
        this.parts = with;
        this.labels = new Labels(with.database().address());
        routes.operation("putLabel", this::put);
        routes.operation("deleteLabel", this::delete);
        routes.operation("evaluateLabels", this::evaluate);
    }

    private Answer put(Call call) {
        String symbol = call.text("symbol");
        Instant openTime = openTime(call);
        Label label = label(call.body());
        Optional<Row> stored = labels.put(symbol, openTime, label);
        if (stored.isEmpty()) {
            requireMinute(symbol, openTime);
        }
        return Answer.json(
                stored.orElseThrow(() -> notThere("No final bar of that minute", symbol, openTime))
                        .json());
    }

    private Answer delete(Call call) {
        String symbol = call.text("symbol");
        Instant openTime = openTime(call);
        String analyst = checked(() -> Label.checkedAnalyst(call.text("analyst")));
        if (!labels.delete(symbol, openTime, analyst)) {
            throw notThere("No label of analyst=" + analyst, symbol, openTime);
        }
        return Answer.json(JsonNodeFactory.instance.objectNode().put("deleted", true));
    }

    private Answer evaluate(Call call) {
        String symbol = call.text("symbol");
        return Answer.json(
                parts.database()
                        .readOneState(
                                connection -> {
                                    if (symbol != null) {
                                        KnownSymbol.require(connection, symbol);
                                    }
                                    return LabelEvaluation.read(connection, symbol);
                                })
                        .json());
    }

    /** Says what there is where a minute is not. */
    private void requireMinute(String symbol, Instant openTime) {
        CaseWindow window = window(symbol, openTime, 1);
        found(
                () ->
                        parts.database()
                                .read(
                                        connection -> {
                                            new CaseQueries(connection, window).requireMoment();
                                            return window;
                                        }));
    }

    private static Instant openTime(Call call) {
        Instant time = call.time("open_time");
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

    /** Says 400 to what is no window. */
    static CaseWindow window(String symbol, Instant openTime, int minutes) {
        try {
            return new CaseWindow(symbol, openTime.toEpochMilli(), minutes);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badRequest(e.getMessage()));
        }
    }

    /** Says 404 where the database has no such minute. */
    static <T> T found(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (NoSuchMinuteException e) {
            throw new ProblemException(
                    e.isSymbolUnknown()
                            ? Problem.unknownSymbol(e.getMessage())
                            : Problem.notThere(e.getMessage()));
        }
    }
}

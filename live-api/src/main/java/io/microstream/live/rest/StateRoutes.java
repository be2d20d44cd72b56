package io.microstream.live.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.live.rows.Row;
import io.microstream.live.rows.SymbolState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves the current state of each symbol. */
public final class StateRoutes implements Mount {

    private static final Map<String, String> PROBABILITIES =
            Map.of(
                    "STABLE_LIQUIDITY", "p_stable",
                    "HIGH_VOLATILITY", "p_volatile",
                    "LIQUIDITY_CRISIS", "p_crisis");

    private ServerContext server;

    @Override
    public void mount(Routes routes, ServerContext server) {
        this.server = server;
        routes.operation("listSymbols", this::symbols);
        routes.operation("getSummary", this::summary);
    }

    private ApiResponse symbols(ApiRequest request) {
        request.mediaType();
        List<Row> states = server.database().readOneState(SymbolState::all);
        ObjectNode list = Json.object();
        list.putArray("items");
        for (Row row : states) {
            ObjectNode state = row.json();
            confidence(state);
            state.remove(
                    List.of(
                            "change_1h_percent",
                            "regime_time",
                            "p_stable",
                            "p_volatile",
                            "p_crisis"));
            list.withArray("items").add(state);
        }
        return ApiResponse.json(list);
    }

    private ApiResponse summary(ApiRequest request) {
        request.mediaType();
        String symbol = request.text("symbol");
        return ApiResponse.json(
                server.database()
                        .readOneState(
                                connection -> {
                                    Optional<Row> state = SymbolState.of(connection, symbol);
                                    if (state.isEmpty()) {
                                        KnownSymbol.requireBars(connection, symbol);
                                    }
                                    return summary(
                                            state.orElseThrow().json(),
                                            SymbolState.lastAnomaly(connection, symbol));
                                }));
    }

    private static ObjectNode summary(ObjectNode state, Optional<Row> anomaly) {
        confidence(state);
        ObjectNode summary = Json.object();
        summary.set("symbol", state.get("symbol"));
        summary.set("open_time", state.get("newest_open_time"));
        summary.set("is_final", state.get("newest_is_final"));
        for (String same : List.of("price", "change_1h_percent", "change_24h_percent", "regime")) {
            summary.set(same, state.get(same));
        }
        summary.set("regime_time", state.get("regime_time"));
        summary.set("confidence", state.get("regime_probability"));
        summary.set("since", state.get("regime_since"));
        for (String same : List.of("p_stable", "p_volatile", "p_crisis")) {
            summary.set(same, state.get(same));
        }
        summary.set("last_anomaly", anomaly.map(row -> anomaly(row.json())).orElse(null));
        return summary;
    }

    private static ObjectNode anomaly(ObjectNode row) {
        return row.retain(
                "open_time",
                "model_id",
                "model_version",
                "score",
                "threshold",
                "severity",
                "attribution");
    }

    /** Adds the probability of the regime that is the most probable. */
    private static void confidence(ObjectNode state) {
        String column = PROBABILITIES.get(state.get("regime").asText());
        state.set("regime_probability", column == null ? state.nullNode() : state.get(column));
    }
}

package io.microstream.live.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.RegimeSignal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The upserts of the tables, as a job that stamps its rows writes them, and their values. */
final class MarketRows {

    /** What was received 25 ms before it is committed. */
    private static final String STAMPS =
            ", clock_timestamp() - interval '25 milliseconds', clock_timestamp(), pg_current_xact_id()";

    private static final String BARS =
            "symbol, open_time, open, high, low, close, volume, quote_volume, taker_buy_volume,"
                    + " taker_buy_quote_volume, trade_count, first_trade_id, last_trade_id,"
                    + " is_final, complete, revision";
    private static final String FEATURES =
            "symbol, open_time, schema_version, "
                    + String.join(", ", FeatureSchema.CURRENT.names())
                    + ", bar_revision";
    private static final String REGIMES =
            "symbol, open_time, model_id, model_version, regime, confirmed_regime, p_stable,"
                    + " p_volatile, p_crisis, surprise, surprise_threshold, is_surprising,"
                    + " is_shadow, bar_revision";
    private static final String ANOMALIES =
            "symbol, open_time, model_id, model_version, score, threshold, is_anomaly, severity,"
                    + " attribution, is_shadow, bar_revision";

    static final String BARS_SQL = upsert("bars", BARS, 2, "revision");
    static final String FEATURES_SQL = upsert("features", FEATURES, 3, "bar_revision");
    static final String REGIMES_SQL = upsert("regimes", REGIMES, 4, "bar_revision");
    static final String ANOMALIES_SQL = upsert("anomalies", ANOMALIES, 4, "bar_revision");

    private static final ObjectMapper JSON = new ObjectMapper();

    private MarketRows() {}

    private static String upsert(String table, String names, int keys, String revision) {
        List<String> columns = List.of(names.split(", ?"));
        String marks =
                columns.stream()
                        .map(name -> name.equals("attribution") ? "?::jsonb" : "?")
                        .collect(Collectors.joining(", "));
        List<String> set = new ArrayList<>(columns.subList(keys, columns.size()));
        Collections.addAll(set, "received_at", "committed_at", "committed_in");
        return "INSERT INTO %s AS t (%s, received_at, committed_at, committed_in) VALUES (%s%s) ON CONFLICT (%s) DO UPDATE SET %s WHERE EXCLUDED.%s >= t.%s"
                .formatted(
                        table,
                        names,
                        marks,
                        STAMPS,
                        String.join(", ", columns.subList(0, keys)),
                        set.stream()
                                .map(name -> name + " = EXCLUDED." + name)
                                .collect(Collectors.joining(", ")),
                        revision,
                        revision);
    }

    static List<Object> bar(Bar bar) {
        return List.of(
                bar.symbol(),
                time(bar.openTimeMs()),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.quoteVolume(),
                bar.takerBuyVolume(),
                bar.takerBuyQuoteVolume(),
                bar.tradeCount(),
                bar.firstTradeId(),
                bar.lastTradeId(),
                bar.isFinal(),
                bar.complete(),
                bar.revision());
    }

    static List<Object> features(FeatureVector vector) {
        List<Object> row = new ArrayList<>();
        Collections.addAll(row, vector.symbol(), time(vector.openTimeMs()), vector.schemaVersion());
        for (double value : vector.values()) {
            row.add(Double.isNaN(value) ? null : value);
        }
        row.add(vector.barRevision());
        return row;
    }

    static List<Object> regime(RegimeSignal signal) {
        return List.of(
                signal.symbol(),
                time(signal.openTimeMs()),
                signal.modelId(),
                signal.modelVersion(),
                signal.regime().name(),
                signal.confirmedRegime().name(),
                signal.pStable(),
                signal.pVolatile(),
                signal.pCrisis(),
                signal.surprise(),
                signal.surpriseThreshold(),
                signal.isSurprising(),
                signal.isShadow(),
                signal.barRevision());
    }

    static List<Object> anomaly(AnomalySignal signal) {
        return List.of(
                signal.symbol(),
                time(signal.openTimeMs()),
                signal.modelId(),
                signal.modelVersion(),
                signal.score(),
                signal.threshold(),
                signal.isAnomaly(),
                signal.severity(),
                json(signal.attribution()),
                signal.isShadow(),
                signal.barRevision());
    }

    static OffsetDateTime time(long epochMs) {
        return Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC);
    }

    private static String json(Map<String, Double> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of numbers is always JSON", e);
        }
    }
}

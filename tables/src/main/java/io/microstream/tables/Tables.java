package io.microstream.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.BarOrigin;
import io.microstream.market.DataQuality;
import io.microstream.market.Decimal8;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.LateTrade;
import io.microstream.market.RegimeSignal;
import io.microstream.market.RollingFeatures;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The tables of {@code sql/}; {@code TablesMatchSqlTest} proves that they are these. */
public final class Tables {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** One-minute bars. */
    public static final TableSpec<Bar> BARS =
            TableSpec.<Bar>named("bars")
                    .text("symbol", Bar::symbol)
                    .timestamptz("open_time", bar -> Instant.ofEpochMilli(bar.openTimeMs()))
                    .key()
                    .numeric("open", Bar::open)
                    .numeric("high", Bar::high)
                    .numeric("low", Bar::low)
                    .numeric("close", Bar::close)
                    .numeric("volume", Bar::volume)
                    .numeric("quote_volume", Bar::quoteVolume)
                    .nullable()
                    .numeric("taker_buy_volume", Bar::takerBuyVolume)
                    .nullable()
                    .numeric("taker_buy_quote_volume", Bar::takerBuyQuoteVolume)
                    .nullable()
                    .int8("trade_count", bar -> nullIfUnknown(bar.tradeCount()))
                    .nullable()
                    .int8("first_trade_id", bar -> nullIfUnknown(bar.firstTradeId()))
                    .nullable()
                    .int8("last_trade_id", bar -> nullIfUnknown(bar.lastTradeId()))
                    .nullable()
                    .bool("is_final", Bar::isFinal)
                    .bool("complete", Bar::complete)
                    .revision("revision", Bar::revision)
                    .receivedAt(Bar::receivedAtMs)
                    .committed()
                    .origin(
                            bar -> nullIfNone(bar.runId()),
                            bar -> nullIfNone(bar.runFromMs()),
                            BarOrigin::rank,
                            BarOrigin::digest)
                    .unrecorded(Column.int8(TableSpec.CONFIRMED_BY).nullable())
                    .unrecorded(Column.int8(TableSpec.CONTESTED_BY).nullable())
                    .orderedBy("open_time");

    /** Features of each bar, in the order of the schema; null where they are not defined yet. */
    public static final TableSpec<FeatureVector> FEATURES = features(RollingFeatures.SCHEMA);

    /** What each regime model says of each bar. */
    public static final TableSpec<RegimeSignal> REGIMES =
            TableSpec.<RegimeSignal>named("regimes")
                    .text("symbol", RegimeSignal::symbol)
                    .timestamptz("open_time", signal -> Instant.ofEpochMilli(signal.openTimeMs()))
                    .text("model_id", RegimeSignal::modelId)
                    .int8("model_version", RegimeSignal::modelVersion)
                    .key()
                    .text("regime", signal -> signal.regime().name())
                    .text("confirmed_regime", signal -> signal.confirmedRegime().name())
                    .float8("p_stable", RegimeSignal::pStable)
                    .float8("p_volatile", RegimeSignal::pVolatile)
                    .float8("p_crisis", RegimeSignal::pCrisis)
                    .float8("surprise", RegimeSignal::surprise)
                    .float8("surprise_threshold", RegimeSignal::surpriseThreshold)
                    .nullable()
                    .bool("is_surprising", Tables::isSurprising)
                    .nullable()
                    .bool("is_shadow", RegimeSignal::isShadow)
                    .revision("bar_revision", RegimeSignal::barRevision)
                    .unrecorded(Column.bool("is_final"))
                    .receivedAt(RegimeSignal::receivedAtMs)
                    .committed()
                    .origin(
                            signal -> runId(signal.origin()),
                            signal -> runFrom(signal.origin()),
                            signal -> rank(signal.origin()),
                            signal -> digest(signal.origin()))
                    .lastInFingerprint("surprise_threshold", "is_surprising")
                    .orderedBy("open_time");

    /** What each anomaly model says of each bar. */
    public static final TableSpec<AnomalySignal> ANOMALIES =
            TableSpec.<AnomalySignal>named("anomalies")
                    .text("symbol", AnomalySignal::symbol)
                    .timestamptz("open_time", signal -> Instant.ofEpochMilli(signal.openTimeMs()))
                    .text("model_id", AnomalySignal::modelId)
                    .int8("model_version", AnomalySignal::modelVersion)
                    .key()
                    .float8("score", AnomalySignal::score)
                    .float8("threshold", AnomalySignal::threshold)
                    .bool("is_anomaly", AnomalySignal::isAnomaly)
                    .float8("severity", AnomalySignal::severity)
                    .jsonb("attribution", signal -> json(signal.attribution()))
                    .bool("is_shadow", AnomalySignal::isShadow)
                    .revision("bar_revision", AnomalySignal::barRevision)
                    .unrecorded(Column.bool("is_final"))
                    .receivedAt(AnomalySignal::receivedAtMs)
                    .committed()
                    .origin(
                            signal -> runId(signal.origin()),
                            signal -> runFrom(signal.origin()),
                            signal -> rank(signal.origin()),
                            signal -> digest(signal.origin()))
                    .orderedBy("open_time");

    /** Faults of the feed. */
    public static final TableSpec<DataQuality> DATA_QUALITY =
            TableSpec.<DataQuality>named("data_quality")
                    .text("symbol", DataQuality::symbol)
                    .timestamptz("detected_at", quality -> ofMicros(quality.detectedAtUs()))
                    .text("kind", quality -> quality.kind().name())
                    .int8("first_id", DataQuality::firstId)
                    .key()
                    .int8("last_id", DataQuality::lastId)
                    .int8("missing", DataQuality::missing)
                    .int8("repaired", DataQuality::repaired)
                    // PostgreSQL's text cannot hold NUL, which a corrupt row can.
                    .text("detail", quality -> quality.detail().replace('\0', '\uFFFD'))
                    .committed()
                    .orderedBy("detected_at");

    /** Trades that are in no bar, because they came after it could still be revised. */
    public static final TableSpec<LateTrade> LATE_TRADES =
            TableSpec.<LateTrade>named("late_trades")
                    .text("symbol", late -> late.trade().symbol())
                    .int8("agg_trade_id", late -> late.trade().id())
                    .key()
                    .numeric("price", late -> Decimal8.toBigDecimal(late.trade().price()))
                    .numeric("quantity", late -> Decimal8.toBigDecimal(late.trade().quantity()))
                    .int8("first_trade_id", late -> late.trade().firstTradeId())
                    .int8("last_trade_id", late -> late.trade().lastTradeId())
                    .timestamptz("trade_time", late -> ofMicros(late.trade().timeUs()))
                    .bool("buyer_is_maker", late -> late.trade().buyerIsMaker())
                    .timestamptz(
                            "bar_open_time", late -> Instant.ofEpochMilli(late.barOpenTimeMs()))
                    .committed()
                    .orderedBy("trade_time");

    /** Models that the job was given. */
    public static final TableSpec<ModelRow> MODELS =
            TableSpec.<ModelRow>named("models")
                    .text("model_id", ModelRow::modelId)
                    .int8("model_version", ModelRow::modelVersion)
                    .key()
                    .text("role", ModelRow::role)
                    .text("symbol", ModelRow::symbol)
                    .int4("schema_version", ModelRow::schemaVersion)
                    .text("sha256", ModelRow::sha256)
                    .timestamptz("trained_from", row -> Instant.ofEpochMilli(row.trainedFromMs()))
                    .nullable()
                    .timestamptz("trained_to", row -> Instant.ofEpochMilli(row.trainedToMs()))
                    .nullable()
                    .timestamptz(
                            "effective_from", row -> Instant.ofEpochMilli(row.effectiveFromMs()))
                    .text("status", ModelRow::status)
                    .jsonb("provenance", ModelRow::provenance)
                    .committed()
                    .orderedBy("effective_from");

    /** What analysts say about minutes: written by the API, not by the job. */
    public static final TableSpec<Void> LABELS =
            TableSpec.<Void>named("labels")
                    .unrecorded(Column.text("symbol"))
                    .unrecorded(Column.timestamptz("open_time"))
                    .unrecorded(Column.text("analyst"))
                    .key()
                    .unrecorded(Column.text("verdict"))
                    .unrecorded(Column.text("note"))
                    .unrecorded(Column.timestamptz("labelled_at"))
                    .orderedBy("open_time");

    /** The tables that the job writes, in the order in which the pipeline makes their rows. */
    public static final List<TableSpec<?>> RESULTS =
            List.of(BARS, FEATURES, REGIMES, ANOMALIES, DATA_QUALITY, LATE_TRADES, MODELS);

    private Tables() {}

    private static TableSpec<FeatureVector> features(FeatureSchema schema) {
        TableSpec.Builder<FeatureVector> table =
                TableSpec.<FeatureVector>named("features")
                        .text("symbol", FeatureVector::symbol)
                        .timestamptz(
                                "open_time", vector -> Instant.ofEpochMilli(vector.openTimeMs()))
                        .int4("schema_version", FeatureVector::schemaVersion)
                        .key();
        for (int i = 0; i < schema.size(); i++) {
            int index = i;
            table.float8(schema.names().get(i), vector -> vector.values()[index]).nullable();
        }
        return table.revision("bar_revision", FeatureVector::barRevision)
                .unrecorded(Column.bool("is_final"))
                .receivedAt(FeatureVector::receivedAtMs)
                .committed()
                .origin(
                        vector -> runId(vector.origin()),
                        vector -> runFrom(vector.origin()),
                        vector -> rank(vector.origin()),
                        vector -> digest(vector.origin()))
                .orderedBy("open_time");
    }

    private static Boolean isSurprising(RegimeSignal signal) {
        return Double.isNaN(signal.surpriseThreshold()) ? null : signal.isSurprising();
    }

    private static Long runId(BarOrigin origin) {
        return origin == null ? null : nullIfNone(origin.runId());
    }

    private static Long runFrom(BarOrigin origin) {
        return origin == null ? null : nullIfNone(origin.runFromMs());
    }

    private static Long rank(BarOrigin origin) {
        return origin == null ? null : (Long) origin.rank();
    }

    private static Long digest(BarOrigin origin) {
        return origin == null ? null : (Long) origin.digest();
    }

    private static Long nullIfNone(long value) {
        return value == 0 ? null : value;
    }

    private static Long nullIfUnknown(long value) {
        return value < 0 ? null : value;
    }

    private static Instant ofMicros(long us) {
        return Instant.ofEpochSecond(
                Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000);
    }

    private static String json(Map<String, Double> attribution) {
        try {
            return JSON.writeValueAsString(attribution);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

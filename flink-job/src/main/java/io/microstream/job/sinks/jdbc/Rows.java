package io.microstream.job.sinks.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.microstream.job.ModelUpdate;
import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.Decimal8;
import io.microstream.market.FeatureSchema;
import io.microstream.market.FeatureVector;
import io.microstream.market.LateTrade;
import io.microstream.market.RegimeSignal;
import io.microstream.market.Trade;
import io.microstream.models.ModelArtifact;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * How records become rows: the upsert of each table, and a method that fills in its placeholders.
 */
final class Rows {

    static final Upsert BARS =
            new Upsert(
                    "bars",
                    List.of("symbol", "open_time"),
                    List.of(
                            "open",
                            "high",
                            "low",
                            "close",
                            "volume",
                            "quote_volume",
                            "taker_buy_volume",
                            "taker_buy_quote_volume",
                            "trade_count",
                            "first_trade_id",
                            "last_trade_id",
                            "is_final",
                            "complete",
                            "revision",
                            Upsert.RECEIVED_AT),
                    "revision");

    static final Upsert FEATURES =
            new Upsert(
                    "features",
                    List.of("symbol", "open_time", "schema_version"),
                    with(FeatureSchema.CURRENT.names(), "bar_revision", Upsert.RECEIVED_AT),
                    "bar_revision");

    static final Upsert REGIMES =
            new Upsert(
                    "regimes",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            "regime",
                            "confirmed_regime",
                            "p_stable",
                            "p_volatile",
                            "p_crisis",
                            "surprise",
                            "surprise_threshold",
                            "is_surprising",
                            "is_shadow",
                            "bar_revision",
                            Upsert.RECEIVED_AT),
                    "bar_revision");

    static final Upsert ANOMALIES =
            new Upsert(
                    "anomalies",
                    List.of("symbol", "open_time", "model_id", "model_version"),
                    List.of(
                            "score",
                            "threshold",
                            "is_anomaly",
                            "severity",
                            "attribution::jsonb",
                            "is_shadow",
                            "bar_revision",
                            Upsert.RECEIVED_AT),
                    "bar_revision");

    static final Upsert DATA_QUALITY =
            new Upsert(
                    "data_quality",
                    List.of("symbol", "detected_at", "kind", "first_id"),
                    List.of("last_id", "missing", "repaired", "detail"),
                    null);

    static final Upsert LATE_TRADES =
            new Upsert(
                    "late_trades",
                    List.of("symbol", "agg_trade_id"),
                    List.of(
                            "price",
                            "quantity",
                            "first_trade_id",
                            "last_trade_id",
                            "trade_time",
                            "buyer_is_maker",
                            "bar_open_time"),
                    null);

    static final Upsert MODELS =
            new Upsert(
                    "models",
                    List.of("model_id", "model_version"),
                    List.of(
                            "role",
                            "symbol",
                            "schema_version",
                            "sha256",
                            "trained_from",
                            "trained_to",
                            "effective_from",
                            "status",
                            "provenance::jsonb"),
                    null);

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Rows() {}

    static void bar(PreparedStatement row, Bar bar, boolean isStamped) throws SQLException {
        Cells cells = new Cells(row);
        cells.text(bar.symbol()).timeMs(bar.openTimeMs());
        cells.decimal(bar.open()).decimal(bar.high()).decimal(bar.low()).decimal(bar.close());
        cells.decimal(bar.volume()).decimal(bar.quoteVolume());
        cells.decimal(bar.takerBuyVolume()).decimal(bar.takerBuyQuoteVolume());
        cells.knownCount(bar.tradeCount());
        cells.knownCount(bar.firstTradeId()).knownCount(bar.lastTradeId());
        cells.truth(bar.isFinal()).truth(bar.complete()).number(bar.revision());
        cells.received(isStamped, bar.receivedAtMs());
    }

    static void features(PreparedStatement row, FeatureVector vector, boolean isStamped)
            throws SQLException {
        Cells cells = new Cells(row);
        cells.text(vector.symbol()).timeMs(vector.openTimeMs()).number(vector.schemaVersion());
        for (double value : vector.values()) {
            cells.real(value);
        }
        cells.number(vector.barRevision()).received(isStamped, vector.receivedAtMs());
    }

    static void regime(PreparedStatement row, RegimeSignal signal, boolean isStamped)
            throws SQLException {
        Cells cells = new Cells(row);
        cells.text(signal.symbol()).timeMs(signal.openTimeMs());
        cells.text(signal.modelId()).number(signal.modelVersion());
        cells.text(signal.regime().name()).text(signal.confirmedRegime().name());
        cells.real(signal.pStable()).real(signal.pVolatile()).real(signal.pCrisis());
        cells.real(signal.surprise()).real(signal.surpriseThreshold());
        cells.knownTruth(!Double.isNaN(signal.surpriseThreshold()), signal.isSurprising());
        cells.truth(signal.isShadow()).number(signal.barRevision());
        cells.received(isStamped, signal.receivedAtMs());
    }

    static void anomaly(PreparedStatement row, AnomalySignal signal, boolean isStamped)
            throws SQLException {
        Cells cells = new Cells(row);
        cells.text(signal.symbol()).timeMs(signal.openTimeMs());
        cells.text(signal.modelId()).number(signal.modelVersion());
        cells.real(signal.score()).real(signal.threshold()).truth(signal.isAnomaly());
        cells.real(signal.severity()).text(json(signal.attribution()));
        cells.truth(signal.isShadow()).number(signal.barRevision());
        cells.received(isStamped, signal.receivedAtMs());
    }

    static void quality(PreparedStatement row, DataQuality quality, boolean isStamped)
            throws SQLException {
        Cells cells = new Cells(row);
        cells.text(quality.symbol()).timeUs(quality.detectedAtUs());
        cells.text(quality.kind().name()).number(quality.firstId()).number(quality.lastId());
        cells.number(quality.missing()).number(quality.repaired());
        // PostgreSQL's text cannot hold NUL, which a corrupt row can.
        cells.text(quality.detail().replace('\0', '\uFFFD'));
    }

    static void lateTrade(PreparedStatement row, LateTrade late, boolean isStamped)
            throws SQLException {
        Trade trade = late.trade();
        Cells cells = new Cells(row);
        cells.text(trade.symbol()).number(trade.id());
        cells.decimal(Decimal8.toBigDecimal(trade.price()));
        cells.decimal(Decimal8.toBigDecimal(trade.quantity()));
        cells.number(trade.firstTradeId()).number(trade.lastTradeId());
        cells.timeUs(trade.timeUs()).truth(trade.buyerIsMaker()).timeMs(late.barOpenTimeMs());
    }

    static void model(PreparedStatement row, ModelUpdate update, boolean isStamped)
            throws SQLException {
        ModelArtifact artifact = ModelArtifact.read(update.artifact());
        Cells cells = new Cells(row);
        cells.text(update.modelId()).number(update.version());
        cells.text(update.role()).text(update.symbol());
        cells.number(artifact.schema().version()).text(artifact.sha256());
        cells.timeMs(artifact.trainedFromMs()).timeMs(artifact.trainedToMs());
        cells.timeMs(update.effectiveFromMs()).text("CHAMPION").text(artifact.provenance());
    }

    private static String json(Object value) throws SQLException {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SQLException("Not writable as JSON: value=" + value, e);
        }
    }

    private static List<String> with(List<String> names, String... last) {
        List<String> all = new ArrayList<>(names);
        all.addAll(List.of(last));
        return all;
    }

    /** Fills the placeholders of a statement from the first to the last. */
    private static final class Cells {

        private final PreparedStatement row;
        private int at;

        Cells(PreparedStatement row) {
            this.row = row;
        }

        Cells text(String value) throws SQLException {
            row.setString(++at, value);
            return this;
        }

        Cells number(long value) throws SQLException {
            row.setLong(++at, value);
            return this;
        }

        Cells truth(boolean value) throws SQLException {
            row.setBoolean(++at, value);
            return this;
        }

        Cells knownTruth(boolean isKnown, boolean value) throws SQLException {
            return isKnown ? truth(value) : none(Types.BOOLEAN);
        }

        Cells decimal(BigDecimal value) throws SQLException {
            row.setBigDecimal(++at, value);
            return this;
        }

        /** Negative means unknown. */
        Cells knownCount(long value) throws SQLException {
            return value < 0 ? none(Types.BIGINT) : number(value);
        }

        /** NaN means not defined. */
        Cells real(double value) throws SQLException {
            if (Double.isNaN(value)) {
                return none(Types.DOUBLE);
            }
            row.setDouble(++at, value);
            return this;
        }

        /** Null if it was not, and no placeholder at all where rows are not stamped. */
        Cells received(boolean isStamped, long ms) throws SQLException {
            if (!isStamped) {
                return this;
            }
            return ms == 0 ? none(Types.TIMESTAMP_WITH_TIMEZONE) : timeMs(ms);
        }

        Cells timeMs(long ms) throws SQLException {
            return time(Instant.ofEpochMilli(ms));
        }

        Cells timeUs(long us) throws SQLException {
            return time(
                    Instant.ofEpochSecond(
                            Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000));
        }

        private Cells time(Instant time) throws SQLException {
            row.setObject(++at, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
            return this;
        }

        private Cells none(int type) throws SQLException {
            row.setNull(++at, type);
            return this;
        }
    }
}

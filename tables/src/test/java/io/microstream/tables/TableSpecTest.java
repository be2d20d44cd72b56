package io.microstream.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.market.AnomalySignal;
import io.microstream.market.Bar;
import io.microstream.market.DataQuality;
import io.microstream.market.Regime;
import io.microstream.market.RegimeSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSpecTest {

    /** Hashes are noted in reports and benchmarks: what they cover never changes. */
    @Test
    void fingerprintsCoverTheColumnsThatTheyAlwaysDid() {
        assertThat(Tables.RESULTS.stream().map(table -> table.name() + table.fingerprint()))
                .containsExactly(
                        "bars[symbol, open_time, open, high, low, close, volume, quote_volume,"
                                + " taker_buy_volume, taker_buy_quote_volume, trade_count,"
                                + " first_trade_id, last_trade_id, is_final, complete, revision]",
                        "features[symbol, open_time, schema_version, momentum, volatility_proxy,"
                                + " activity_ratio, log_volatility, log_volume, scaled_return,"
                                + " range_surge, volume_surge, taker_imbalance, baseline_bars,"
                                + " bar_revision]",
                        "regimes[symbol, open_time, model_id, model_version, regime,"
                                + " confirmed_regime, p_stable, p_volatile, p_crisis, surprise,"
                                + " is_shadow, bar_revision, surprise_threshold, is_surprising]",
                        "anomalies[symbol, open_time, model_id, model_version, score, threshold,"
                                + " is_anomaly, severity, attribution, is_shadow, bar_revision]",
                        "data_quality[symbol, detected_at, kind, first_id, last_id, missing,"
                                + " repaired, detail]",
                        "late_trades[symbol, agg_trade_id, price, quantity, first_trade_id,"
                                + " last_trade_id, trade_time, buyer_is_maker, bar_open_time]",
                        "models[model_id, model_version, role, symbol, schema_version, sha256,"
                                + " trained_from, trained_to, effective_from, status, provenance]");
        assertThat(Tables.LABELS.fingerprint()).isEmpty();
    }

    @Test
    void keysAreOrderedByTheBytesOfTheirTexts() {
        assertThat(Tables.DATA_QUALITY.keyOrder())
                .isEqualTo("symbol COLLATE \"C\", detected_at, kind COLLATE \"C\", first_id");
    }

    @Test
    void numbersThatAreNotKnownAreNull() {
        TableSpec<RegimeSignal> table = Tables.REGIMES;
        RegimeSignal unlimited =
                new RegimeSignal(
                        "A",
                        0,
                        "m",
                        1,
                        Regime.HIGH_VOLATILITY,
                        Regime.HIGH_VOLATILITY,
                        0,
                        1,
                        0,
                        9,
                        Double.NaN,
                        false,
                        false,
                        0);
        assertThat(value(table, "is_surprising", unlimited)).isNull();
        assertThat(value(table, "received_at", unlimited)).isNull();
        Bar empty = Bar.empty("A", 60_000, BigDecimal.ONE, true);
        assertThat(value(Tables.BARS, "open_time", empty)).isEqualTo(Instant.ofEpochSecond(60));
        assertThat(value(Tables.BARS, "trade_count", empty)).isEqualTo(0L);
        assertThat(value(Tables.BARS, "first_trade_id", empty)).isNull();
    }

    @Test
    void textsThatPostgresCannotHoldAreMended() {
        DataQuality quality =
                new DataQuality("A", 0, DataQuality.Kind.MALFORMED, 0, 0, 0, 0, 1, "a\0b");
        assertThat(value(Tables.DATA_QUALITY, "detail", quality)).isEqualTo("a\uFFFDb");
    }

    @Test
    void attributionIsJsonInTheOrderOfItsNames() {
        AnomalySignal signal =
                new AnomalySignal(
                        "A", 0, "m", 1, 0.9, 0.6, true, 9, Map.of("b", 0.1, "a", 0.3), false, 0);
        assertThat(value(Tables.ANOMALIES, "attribution", signal))
                .isEqualTo("{\"a\":0.3,\"b\":0.1}");
    }

    @Test
    void anotherRecordMayFillATable() {
        TableSpec<String> table =
                Tables.MODELS.from(
                        id -> new ModelRow(id, 1, "REGIME", "*", 1, "", 0, 0, 0, "CHAMPION", "{}"));
        assertThat(table.columns()).isEqualTo(Tables.MODELS.columns());
        assertThat(value(table, "model_id", "m7")).isEqualTo("m7");
    }

    @Test
    void aTableTravelsWithItsSink() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(Tables.RESULTS);
        List<?> travelled =
                (List<?>)
                        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
                                .readObject();
        assertThat(travelled).hasSize(Tables.RESULTS.size());
    }

    @Test
    void anUnknownColumnIsRefused() {
        assertThatThrownBy(() -> Tables.BARS.column("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No such column: table=bars column=nothing");
    }

    private static <T> Object value(TableSpec<T> table, String column, T row) {
        return table.values().of(row)[table.columns().indexOf(table.column(column))];
    }
}

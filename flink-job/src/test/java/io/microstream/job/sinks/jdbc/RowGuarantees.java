package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.CollectingSinks;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.DataQuality;
import io.microstream.tables.Tables;
import io.microstream.testing.Bars;
import io.microstream.testing.Trades;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows are what the job gave, the newest revision of each key, however often they are written. */
interface RowGuarantees extends SinksFixture {

    @Test
    default void everyTableIsWrittenAsTheJobGaveItAndOnceMoreLeavesItAsItWas() throws Exception {
        Schema.migrate(target());
        CollectingSinks collected = CollectingSinks.collecting();
        run(collected);
        run(new TimescaleSinks(target()));
        Map<String, List<String>> tables = tables();
        tables.forEach(
                (table, rows) -> assertThat(rows).as(table).hasSize(collected.table(table).size()));
        assertThat(barsAsWritten())
                .isEqualTo(collected.rows(Tables.BARS).stream().map(RowGuarantees::text).toList());
        run(new TimescaleSinks(target()));
        assertThat(tables()).isEqualTo(tables);
    }

    @Test
    default void everySignOfAnomalyIsAccountedForInItsRow() throws Exception {
        Schema.migrate(target());
        run(new TimescaleSinks(target()));
        assertThat(
                        database()
                                .rows(
                                        "SELECT count(*) FROM anomalies a WHERE abs(score - 0.5 - (SELECT"
                                                + " sum(value::double precision) FROM jsonb_each_text(a.attribution))) > 1e-9"
                                                + " OR is_anomaly <> (score > threshold) OR severity < 0"))
                .containsExactly("0");
        assertThat(
                        database()
                                .rows(
                                        "SELECT count(*) FROM regimes WHERE is_surprising IS DISTINCT FROM"
                                                + " (surprise > surprise_threshold)"))
                .containsExactly("0");
        long flagged = number("SELECT count(*) FROM anomalies WHERE is_anomaly AND NOT is_shadow");
        long surprising =
                number("SELECT count(*) FROM regimes WHERE is_surprising AND NOT is_shadow");
        assertThat(flagged).isPositive();
        assertThat(surprising).isPositive();
        assertThat(
                        database()
                                .rows(
                                        "SELECT kind, count(*) FROM anomaly_signs GROUP BY kind ORDER BY kind"))
                .containsExactly("ISOLATION|" + flagged, "SURPRISE|" + surprising);
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(database().rows(sql).get(0));
    }

    @Test
    default void anOlderRevisionNeverOverwritesANewerOne() throws Exception {
        Schema.migrate(target());
        Bar old = Bars.bar("BTCUSDT").flat("100").build();
        Bar revised = Bars.bar("BTCUSDT").flat("101").revision(2).build();
        write(List.of(old));
        write(List.of(revised));
        write(List.of(old, Bars.bar("BTCUSDT").flat("99").revision(1).build()));
        assertThat(database().rows("SELECT close, revision FROM bars")).containsExactly("101|2");
        write(List.of(Bars.bar("BTCUSDT").flat("102").revision(2).build()));
        assertThat(database().rows("SELECT close, revision FROM bars")).containsExactly("102|2");
    }

    /** Whatever the order they come in: a restore writes provisional rows again. */
    @Test
    default void aFinalRowReplacesTheProvisionalOneAndIsNeverReplacedByIt() throws Exception {
        Schema.migrate(target());
        BarBuilder running = new BarBuilder();
        running.add(Trades.trade("BTCUSDT").price(99).build().receivedAt(1_767_571_200_123L));
        Bar provisional = running.toProvisionalBar("BTCUSDT", Bars.START_MS);
        Bar closed = running.toBar("BTCUSDT", Bars.START_MS);
        String look = "SELECT is_final, bar_revision FROM ";
        for (int turn = 0; turn < 2; turn++) {
            writeAll(provisional);
            for (String table : List.of("features", "regimes", "anomalies")) {
                assertThat(database().rows(look + table))
                        .containsExactly(turn == 0 ? "f|-2" : "t|0");
            }
            assertThat(database().rows("SELECT is_final, complete, revision FROM bars"))
                    .containsExactly(turn == 0 ? "f|f|-2" : "t|t|0");
            assertThat(database().count("anomaly_signs")).isEqualTo(2L * turn);
            writeAll(closed);
        }
    }

    @Test
    default void aKeyMayComeSeveralTimesInOneBatch() throws Exception {
        Schema.migrate(target());
        List<Bar> batch = new ArrayList<>();
        for (int revision = 0; revision < 5; revision++) {
            for (int minute = 0; minute < 3; minute++) {
                batch.add(
                        Bars.bar("BTCUSDT")
                                .minute(minute)
                                .flat(Integer.toString(100 + revision))
                                .revision(revision)
                                .build());
            }
        }
        write(batch);
        assertThat(database().rows("SELECT close, revision FROM bars ORDER BY open_time"))
                .containsExactly("104|4", "104|4", "104|4");
    }

    /** A corrupt row is quoted as it is, whatever it holds. */
    @Test
    default void everyTextIsStoredAsItWasGiven() throws Exception {
        Schema.migrate(target());
        List<String> texts =
                List.of(
                        "",
                        " ",
                        "NULL",
                        "null",
                        "{}",
                        "{a,\"b\"}",
                        "\\",
                        "\\N",
                        "\"",
                        "'",
                        ",",
                        "a\tb",
                        "a\nb",
                        "币安人生USDT",
                        "\uD83D\uDE00",
                        "?",
                        "$1",
                        "::text");
        List<DataQuality> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(
                    new DataQuality(
                            "BTCUSDT",
                            Bars.START_MS * 1000 + 1,
                            DataQuality.Kind.MALFORMED,
                            rows.size(),
                            rows.size(),
                            0,
                            0,
                            1,
                            text));
        }
        write(rows, DataQuality.class, Tables.DATA_QUALITY);
        assertThat(database().rows("SELECT detail FROM data_quality ORDER BY first_id"))
                .isEqualTo(texts);
        assertThat(
                        database()
                                .rows(
                                        "SELECT DISTINCT (1e6 * extract(epoch FROM detected_at))::bigint FROM data_quality"))
                .containsExactly(Long.toString(Bars.START_MS * 1000 + 1));
    }

    private List<String> barsAsWritten() throws SQLException {
        return database()
                .rows(
                        "SELECT symbol, (extract(epoch FROM open_time) * 1000)::bigint, trim_scale(open),"
                                + " trim_scale(high), trim_scale(low), trim_scale(close),"
                                + " trim_scale(volume), trim_scale(quote_volume),"
                                + " trim_scale(taker_buy_volume), trim_scale(taker_buy_quote_volume),"
                                + " trade_count, coalesce(first_trade_id, -1), coalesce(last_trade_id, -1),"
                                + " complete::text, revision FROM bars ORDER BY symbol, open_time");
    }

    private static String text(Bar bar) {
        List<String> cells = new ArrayList<>(List.of(bar.symbol(), "" + bar.openTimeMs()));
        List.of(
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.quoteVolume(),
                        bar.takerBuyVolume(),
                        bar.takerBuyQuoteVolume())
                .forEach(
                        value ->
                                cells.add(
                                        value.signum() == 0
                                                ? "0"
                                                : value.stripTrailingZeros().toPlainString()));
        cells.add("" + bar.tradeCount());
        cells.add("" + bar.firstTradeId());
        cells.add("" + bar.lastTradeId());
        cells.add("" + bar.complete());
        cells.add("" + bar.revision());
        return String.join("|", cells);
    }
}

package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.dump.DumpFormat;
import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.replay.synthesis.SimulatedMarket;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import io.microstream.testing.PostgresServer;
import io.microstream.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code live} as a user does, with an exchange on loopback in place of Binance. */
class LiveITCase {

    private static final String BUSY = "BUSYUSDT";
    private static final String QUIET = "QUIETUSDT";
    private static final long START_MS = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final int HISTORY_MINUTES = 2 * 1440;
    private static final int PLAYED_MINUTES = 180;
    private static final int TRADES_PER_MINUTE = 120;

    /** Market seconds per second: a minute of the market every second. */
    private static final double SPEED = 60;

    /** Rows over which faults are planned, far more than the test plays. */
    private static final long ROWS = 10_000;

    private static final SimulatedMarket MARKET =
            new SimulatedMarket(
                    List.of(BUSY, QUIET),
                    START_MS - HISTORY_MINUTES * Bar.MINUTE_MS,
                    HISTORY_MINUTES + PLAYED_MINUTES,
                    3);

    @TempDir private Path folder;

    @Test
    void warmFeedSurvivesDisconnectAndProvesInactiveSymbolComplete() throws Exception {
        String faults =
                """
                - {fault: status, at: 1, status: HALT}
                - {fault: disconnect, at: 1500, ending: reset}
                - {fault: disconnect, at: 1900, ending: going_away}
                """;
        try (PostgresServer databases = PostgresServer.start(folder.resolve("database"));
                LoopbackExchange exchange = exchange(faults)) {
            String url = databases.fresh();
            Cli live =
                    follow(
                            exchange,
                            BUSY.toLowerCase() + "," + QUIET,
                            "--jdbc",
                            url,
                            "--for",
                            "22s");
            assertThat(live.err()).isEmpty();
            assertThat(live.exitCode()).as(live.out()).isZero();
            assertThat(live.out())
                    .contains("is not traded now, status HALT")
                    .contains("warning: This machine's clock is ahead of the exchange's")
                    .contains("connection ended")
                    .doesNotContain("stopped before the end");

            long bars = count(url, "bars WHERE is_final AND", BUSY);
            assertThat(bars).isBetween(5L, (long) PLAYED_MINUTES);
            assertThat(count(url, "features WHERE is_final AND", BUSY)).isEqualTo(bars);
            assertThat(
                            count(
                                    url,
                                    "bars WHERE is_final AND NOT complete AND symbol = '"
                                            + BUSY
                                            + "' AND",
                                    BUSY))
                    .isZero();
            assertThat(
                            TestDatabase.number(
                                    url,
                                    "SELECT count(*) FROM features WHERE baseline_bars < 1440"))
                    .isZero();
            assertThat(count(url, "data_quality WHERE kind = 'DISCONNECT' AND", BUSY)).isPositive();
            assertThat(
                            TestDatabase.number(
                                    url,
                                    "SELECT count(*) FROM bars WHERE trade_count = 0 AND complete"
                                            + " AND symbol = '"
                                            + QUIET
                                            + "'"))
                    .isPositive();

            Cli compared = Cli.run("compare", "--klines", klinesOf(BUSY), "--jdbc", url);
            assertThat(compared.out())
                    .contains(
                            "%s: %,d bars, %,d complete ones compared".formatted(BUSY, bars, bars));
            assertThat(compared.exitCode()).as(compared.out()).isZero();
        }
    }

    @Test
    void unknownSymbolIsNamed() {
        try (LoopbackExchange exchange = exchange("")) {
            assertOneLine(follow(exchange, BUSY + ",NOSUCHUSDT"), "symbols=[NOSUCHUSDT]");
        }
    }

    @Test
    void geoBlockedExchangeIsQuoted() {
        try (LoopbackExchange exchange =
                exchange("- {fault: rest, at: 0, trouble: geo_blocked, requests: 1000}")) {
            assertOneLine(follow(exchange, BUSY), "451");
        }
    }

    @Test
    void unreachableHostIsNamed() {
        String nowhere = "http://no-such-host.invalid";
        assertOneLine(
                Cli.run("live", "--symbols", BUSY, "--rest-url", nowhere), "no-such-host.invalid");
        assertOneLine(
                Cli.run("live", "--symbols", BUSY, "--rest-url", "http://127.0.0.1:1"),
                "host=127.0.0.1 port=1");
    }

    @Test
    void missingSymbolsAreBadUsage() {
        Cli answer = Cli.run("live");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.err()).contains("--symbols");
    }

    private Path klinesOf(String symbol) throws Exception {
        return MARKET.writeKlines(folder.resolve("klines"), DumpFormat.DAILY).stream()
                .filter(file -> file.getFileName().toString().startsWith(symbol))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static LoopbackExchange exchange(String faults) {
        return LoopbackExchange.start(
                ExchangeConfig.paced(SPEED),
                List.of(listing(BUSY, Integer.MAX_VALUE), listing(QUIET, 10 * TRADES_PER_MINUTE)),
                FaultScript.parse(faults, "test").plan(1, ROWS, 2),
                1);
    }

    private static Listing listing(String symbol, int trades) {
        List<Bar> history = new ArrayList<>();
        Iterator<Bar> bars = MARKET.bars(symbol);
        for (int minute = 0; minute < HISTORY_MINUTES; minute++) {
            history.add(bars.next());
        }
        List<Trade> played = new ArrayList<>();
        Iterator<Trade> all = MARKET.synthesizer(symbol, TRADES_PER_MINUTE).trades(bars);
        while (all.hasNext() && played.size() < trades) {
            played.add(all.next());
        }
        return Listing.of(symbol, played.iterator()).withHistory(history);
    }

    private static Cli follow(LoopbackExchange exchange, String symbols, Object... more) {
        List<Object> words = new ArrayList<>(List.of("live", "--symbols", symbols));
        words.addAll(List.of("--stream-url", exchange.streamUri()));
        words.addAll(List.of("--rest-url", exchange.restUri()));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private static long count(String url, String what, String symbol) throws Exception {
        String where = what.endsWith("AND") ? what : what + " WHERE";
        return TestDatabase.number(
                url, "SELECT count(*) FROM " + where + " symbol = '" + symbol + "'");
    }

    private static void assertOneLine(Cli answer, String said) {
        assertThat(answer.err()).contains(said);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.exitCode()).isEqualTo(1);
    }
}

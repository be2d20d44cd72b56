package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.standalone.runtime.Checkpoints;
import io.microstream.testing.PostgresServer;
import io.microstream.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays recorded trades from an exchange on loopback with the faults of real exchanges. The tables
 * must equal those of the trades themselves, and every fault must be reported.
 */
class ThroughExchangeITCase {

    /** Messages and responses damaged in every way, and every kind of disconnect. */
    private static final String DAMAGE =
            """
            - {fault: garble, at: 5%, how: truncated}
            - {fault: garble, at: 8%, how: corrupt}
            - {fault: garble, at: 11%, how: not_json}
            - {fault: garble, at: 14%, how: unknown_event}
            - {fault: garble, at: 17%, how: unknown_field}
            - {fault: garble, at: 20%, how: huge}
            - {fault: garble, at: 23%, how: fragmented}
            - {fault: garble, at: 26%, how: number}
            - {fault: garble, at: 29%, how: exponent}
            - {fault: garble, at: 32%, how: missing_field}
            - {fault: garble, at: 35%, how: null_field}
            - {fault: reorder, at: 38%, rows: 40}
            - {fault: repeat-message, at: 41%, times: 3}
            - {fault: delay, at: 44%, delay: 2m, rows: 30}
            - {fault: rest, at: 47%, trouble: too_many_requests, path: aggTrades, requests: 2}
            - {fault: skip, at: 48%, rows: 10}
            - {fault: rest, at: 51%, trouble: server_error, path: aggTrades, requests: 2}
            - {fault: skip, at: 52%, rows: 10}
            - {fault: rest, at: 55%, trouble: truncated_body, path: aggTrades}
            - {fault: skip, at: 56%, rows: 10}
            - {fault: rest, at: 59%, trouble: slow_body, path: aggTrades}
            - {fault: skip, at: 60%, rows: 10}
            - {fault: rest, at: 63%, trouble: database_lag, path: aggTrades, requests: 2, amount: 5}
            - {fault: skip, at: 64%, rows: 10}
            - {fault: rest, at: 67%, trouble: timeout, path: aggTrades}
            - {fault: disconnect, at: 68%, ending: reset, lost: 50}
            - {fault: rest, at: 71%, trouble: higher_id, path: aggTrades}
            - {fault: skip, at: 72%, rows: 10}
            - {fault: half-open, at: 75%, lost: 40}
            - {fault: shutdown, at: 78%, lead: 5s}
            - {fault: ack-without-data, at: 85%, lost: 60}
            """;

    /** A few faults of each kind of connection and stream, for a short run. */
    private static final String FEW =
            """
            - {fault: disconnect, count: 4, lost: 1..200}
            - {fault: stall, count: 1, scope: stream, pings: true, lost: 1..100}
            - {fault: stall, count: 1, scope: connection, pings: false, lost: 1..100}
            - {fault: skip, count: 2, rows: 1..50}
            - {fault: repeat-tail, count: 1, rows: 1..300}
            - {fault: repeat-tail-after-disconnect, count: 1, rows: 1..300}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path folder;
    private static PostgresServer databases;
    private static Path day;
    private static String fromTheArchive;

    @BeforeAll
    static void replayADayOfTwoSymbolsFromTheArchive() throws Exception {
        databases = PostgresServer.start(folder.resolve("database"));
        day = folder.resolve("day");
        Object[] words = {
            "synthesize",
            "--symbols",
            "BTCUSDT,ETHUSDT",
            "--out",
            day,
            "--trades-per-minute",
            20,
            "--seed",
            7,
            "--daily"
        };
        assertThat(Cli.run(words).exitCode()).isZero();
        String url = databases.fresh();
        assertThat(run(url, "archive").exitCode()).isZero();
        fromTheArchive = tables(url);
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void withoutFaultsTablesEqualTheArchiveAndNothingIsReported() throws Exception {
        String url = databases.fresh();
        Cli replayed = run(url, "calm", "--through-exchange");
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.out()).contains("exchange: ws://127.0.0.1:").contains("nothing lost");
        assertThat(replayed.exitCode()).isZero();
        assertThat(tables(url)).isEqualTo(fromTheArchive);
        assertThat(TestDatabase.number(url, "SELECT count(*) FROM data_quality")).isZero();
    }

    @Test
    void symbolsOfAnyScriptArePlayedAndFollowed() throws Exception {
        long seed = 20;
        System.out.println("symbols: seed=" + seed);
        Random chance = new Random(seed);
        List<String> symbols = new ArrayList<>(List.of("币安人生USDT", "BTCUSDT_261225"));
        while (symbols.size() < 5) {
            symbols.add(symbol(chance));
        }
        Path market = folder.resolve("scripts");
        Object[] words = {
            "synthesize",
            "--symbols",
            String.join(",", symbols),
            "--out",
            market,
            "--trades-per-minute",
            1,
            "--daily"
        };
        assertThat(Cli.run(words).exitCode()).isZero();
        String url = databases.fresh();
        Path report = folder.resolve("scripts.json");
        Cli replayed =
                Cli.run(
                        "replay",
                        "--agg-trades",
                        market,
                        "--through-exchange",
                        "--jdbc",
                        url,
                        "--report",
                        report);
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.exitCode()).as(replayed.out()).isZero();
        for (String symbol : symbols) {
            String ofSymbol = "SELECT count(*) FROM bars WHERE symbol = '" + symbol + "'";
            assertThat(TestDatabase.number(url, ofSymbol)).as(symbol).isEqualTo(1440);
        }
    }

    /** Returns one to eight letters or digits of several scripts and a quote currency. */
    private static String symbol(Random chance) {
        String characters = "ABZ019_币安人生这是测试ÄØЖΩकあ가";
        StringBuilder symbol = new StringBuilder();
        chance.ints(1 + chance.nextInt(8), 0, characters.length())
                .forEach(at -> symbol.append(characters.charAt(at)));
        return symbol.append("USDT").toString();
    }

    @Test
    void defaultFaultsAreRepairedAndReportedOneByOne() throws Exception {
        String url = databases.fresh();
        Cli replayed = run(url, "usual", "--through-exchange", "--faults", "default");
        assertRepaired(replayed, url, "usual", 50);
    }

    @Test
    void faultsOfOtherSeedsAreRepairedAndReported() throws Exception {
        Path script = Files.writeString(folder.resolve("few.faults"), FEW);
        for (int seed = 2; seed <= 3; seed++) {
            String url = databases.fresh();
            String name = "seed" + seed;
            Cli replayed = run(url, name, "--through-exchange", "--faults", script, "--seed", seed);
            assertRepaired(replayed, url, name, 10);
        }
    }

    @Test
    void damagedMessagesLoseNothingAndAreStoredVerbatim() throws Exception {
        Path script = Files.writeString(folder.resolve("damage.faults"), DAMAGE);
        String url = databases.fresh();
        Cli replayed = run(url, "damage", "--through-exchange", "--faults", script);
        assertRepaired(replayed, url, "damage", (int) DAMAGE.lines().count());
        for (String text :
                List.of(
                        "<html><body>502 Bad Gateway</body></html>",
                        "\"e\":\"novelty\"",
                        " … bytes=1",
                        "field p has an exponent, not a plain decimal: {\"stream\":",
                        "is missing: {\"stream\":")) {
            assertThat(malformed(url, "%" + text + "%")).as(text).isPositive();
        }
        assertThat(malformed(url, "%")).isEqualTo(8);
    }

    @Test
    void tablesEqualTheArchiveAfterTwoKillsAndResumes() throws Exception {
        Path script = Files.writeString(folder.resolve("few.faults"), FEW);
        String url = databases.fresh();
        Object[] words = {
            "--through-exchange",
            "--faults",
            script,
            "--seed",
            2,
            "--checkpoints",
            folder.resolve("checkpoints"),
            "--resume"
        };
        Random chance = new Random(2);
        for (int kill = 0; kill < 2; kill++) {
            long bars = 300 + 900 * kill + chance.nextInt(600);
            CliProcess process =
                    CliProcess.start(folder.resolve("kill" + kill), command(url, "kill", words));
            assertThat(process.killAt(bars, url)).as("killed before its end").isTrue();
        }
        Cli resumed = run(url, "kill", words);
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.out()).contains("resumed:");
        assertThat(resumed.exitCode()).isZero();
        assertThat(tables(url)).isEqualTo(fromTheArchive);
    }

    @Test
    void archiveReplayIsResumedAfterAKill() throws Exception {
        String url = databases.fresh();
        Path checkpoints = folder.resolve("checkpoints-of-the-archive");
        Object[] words = {"--speed", 3600, "--checkpoints", checkpoints, "--resume"};
        CliProcess process =
                CliProcess.start(folder.resolve("archive.log"), command(url, "resumed", words));
        assertThat(process.killAt(500, url, checkpoints)).as("killed before its end").isTrue();
        assertThat(Checkpoints.newest(checkpoints)).isPresent();

        Cli resumed = run(url, "resumed", "--checkpoints", checkpoints, "--resume");
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.out()).contains("resumed:");
        assertThat(resumed.exitCode()).isZero();
        assertThat(tables(url)).isEqualTo(fromTheArchive);
    }

    private static void assertRepaired(Cli replayed, String url, String name, int faults)
            throws Exception {
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.out()).contains("nothing lost");
        JsonNode report = JSON.readTree(folder.resolve(name + ".json").toFile());
        JsonNode exchange = report.get("exchange");
        int injected = 0;
        for (JsonNode count : exchange.get("faults")) {
            injected += count.asInt();
        }
        assertThat(injected).as(replayed.out()).isEqualTo(faults);
        assertThat(exchange.get("missed")).isEmpty();
        assertThat(exchange.get("found").asInt()).isEqualTo(faults);
        assertThat(exchange.get("withheld").asLong()).isPositive();
        assertThat(exchange.get("repaired").asLong())
                .as(replayed.out())
                .isEqualTo(exchange.get("withheld").asLong());
        assertThat(exchange.get("repeated").asLong()).isPositive();
        assertThat(exchange.get("dropped").asLong())
                .as(replayed.out())
                .isEqualTo(exchange.get("repeated").asLong());
        assertThat(report.get("missing").asLong()).isZero();
        assertThat(replayed.exitCode()).isZero();
        assertThat(tables(url)).isEqualTo(fromTheArchive);
    }

    private static long malformed(String url, String like) throws Exception {
        return TestDatabase.number(
                url,
                "SELECT count(*) FROM data_quality WHERE kind = 'MALFORMED' AND detail LIKE '%s'"
                        .formatted(like));
    }

    private static Cli run(String url, String name, Object... words) {
        return Cli.run(command(url, name, words));
    }

    private static Object[] command(String url, String name, Object... words) {
        List<Object> all = new ArrayList<>(List.of("replay", "--agg-trades", day, "--jdbc", url));
        all.addAll(List.of("--report", folder.resolve(name + ".json")));
        all.addAll(List.of(words));
        return all.toArray();
    }

    /** Returns the fingerprints of all tables except {@code data_quality}. */
    private static String tables(String url) {
        return Cli.run("fingerprint", "--jdbc", url)
                .out()
                .replaceAll("(?m)^data_quality .*\\R", "");
    }
}

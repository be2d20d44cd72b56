package io.microstream.job.config;

import io.microstream.binance.archive.CheckedTrades;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.streams.StreamsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a job, read once and validated whole.
 *
 * @param source where trades come from
 * @param models folder of model files; null for the models that travel with the job
 * @param database where results go
 * @param checkpointDirectory where checkpoints go; null for what the cluster is configured with
 * @param pipeline parallelism, checkpoints, restarts and bars
 * @param lines a line for each setting with its value and where it came from, secrets masked
 */
public record JobConfig(
        SourceConfig source,
        Path models,
        DatabaseConfig database,
        String checkpointDirectory,
        PipelineConfig pipeline,
        List<String> lines) {

    /**
     * Reads the configuration. Arguments outrank the environment, the environment the file, the
     * file the defaults.
     *
     * @param file of lines {@code key = value}; null for none
     * @param environment variables, {@code MICROSTREAM_DATABASE_URL} for {@code database.url}
     * @param arguments {@code --key=value}
     * @throws ConfigurationException that names everything that is wrong, not only the first fault
     */
    public static JobConfig from(
            Path file, Map<String, String> environment, List<String> arguments) {
        Given given = new Given();
        if (file != null) {
            given.addFile(file);
        }
        given.addEnvironment(environment);
        given.addArguments(arguments);
        given.parseAll();
        String kind = given.get(Settings.KIND, null);
        boolean live = Settings.LIVE.equals(kind);
        check(given, kind, live);
        given.requireFaultless();
        return new JobConfig(
                live ? live(given) : recorded(kind, given),
                given.get(Settings.MODELS, null),
                database(given, live),
                given.get(Settings.CHECKPOINTS, null),
                pipeline(given, live),
                given.lines());
    }

    /** Returns the reference of all settings, as docs/configuration.md holds it. */
    public static String reference() {
        StringBuilder table = new StringBuilder();
        for (Setting<?> setting : Settings.all().values()) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| `%s` | `%s` | %s | %s | %s |%n",
                            setting.key(),
                            setting.variable(),
                            setting.takes(),
                            setting.usual(),
                            setting.description()));
        }
        return String.format(
                Locale.ROOT,
                """
        # Configuration of the job

        `io.microstream.job.main.MarketJobMain` reads a file of lines `key = value` that `--config=FILE` names, the \
        environment, and arguments of the form `--key=value`. Arguments outrank the environment, the environment \
        outranks the file, and the file outranks the defaults. The job prints every setting with where its value \
        came from, and refuses to start with a list of all that is wrong: unknown keys, values without a unit, \
        settings that contradict each other, and secrets outside files.

        ```
        source.kind = live
        source.symbols = BTCUSDT,ETHUSDT
        database.url = jdbc:postgresql://db.example.org:5432/market
        database.user = microstream
        database.password-file = /run/secrets/database
        ```

        | key | environment | takes | default | meaning |
        |---|---|---|---|---|
        %s
        This page is generated from the declarations in `io.microstream.job.config.Settings`: \
        `mvn -o -pl flink-job -am -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false \
        -Dmicrostream.write-reference=true test` writes it anew.
        """,
                table);
    }

    private static void check(Given given, String kind, boolean live) {
        given.require(Settings.KIND, "");
        given.require(Settings.URL, "");
        if (live) {
            given.require(Settings.SYMBOLS, " for source.kind=live");
        } else if (kind != null) {
            given.require(Settings.PATHS, " for source.kind=" + kind);
        }
        if (kind != null) {
            for (Setting<?> setting : live ? Settings.RECORDED_ONLY : Settings.LIVE_ONLY) {
                if (given.has(setting)) {
                    given.fault(
                            setting,
                            String.format(
                                    Locale.ROOT,
                                    "contradicts source.kind=%s (%s). Leave one of them out",
                                    kind,
                                    given.origin(Settings.KIND)));
                }
            }
        }
        Duration patience = given.get(Settings.PATIENCE, Duration.ofMinutes(10));
        Duration timeout = given.get(Settings.TIMEOUT, Duration.ofMinutes(15));
        if (timeout.compareTo(patience) <= 0) {
            given.fault(
                    Settings.TIMEOUT,
                    String.format(
                            Locale.ROOT,
                            "not longer than database.patience (%s), so an outage of the database would fail checkpoints",
                            given.origin(Settings.PATIENCE)));
        }
    }

    private static SourceConfig live(Given given) {
        return new SourceConfig.Live(
                given.get(Settings.SYMBOLS, Set.of()),
                given.get(Settings.STREAM_URL, StreamsConfig.MARKET_DATA),
                given.get(Settings.REST_URL, RestConfig.DEFAULT_BASE_URL),
                given.get(Settings.SINCE, Duration.ofMinutes(15)),
                given.get(Settings.INBOX, LiveConfig.INBOX_BYTES));
    }

    private static SourceConfig recorded(String kind, Given given) {
        return new SourceConfig.Recorded(
                kind,
                given.get(Settings.PATHS, List.of()),
                given.get(Settings.SYMBOLS, Set.of()),
                given.get(Settings.HISTORY, List.of()),
                given.get(Settings.SPEED, 0.0),
                given.get(Settings.TIME_TOLERANCE, CheckedTrades.DEFAULT_TOLERANCE));
    }

    private static DatabaseConfig database(Given given, boolean live) {
        return new DatabaseConfig(
                given.get(Settings.URL, null),
                given.get(Settings.USER, null),
                given.get(Settings.PASSWORD, null),
                given.get(Settings.PATIENCE, Duration.ofMinutes(10)),
                given.get(Settings.STAMPED, live),
                given.get(Settings.OVERWRITE, false));
    }

    private static PipelineConfig pipeline(Given given, boolean live) {
        int parallelism = given.get(Settings.PARALLELISM, 2);
        PipelineConfig usual =
                live ? PipelineConfig.live(parallelism) : PipelineConfig.bounded(parallelism);
        return new PipelineConfig(
                parallelism,
                given.get(Settings.INTERVAL, usual.checkpointInterval()),
                given.get(Settings.TIMEOUT, usual.checkpointTimeout()),
                given.get(Settings.RESTARTS, usual.restartAttempts()),
                new BarsConfig(
                        given.get(Settings.LATENESS, usual.bars().allowedLateness()),
                        given.get(Settings.PROVISIONAL, usual.bars().provisionalEvery())));
    }
}

package io.microstream.job.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Declares every key of the configuration once, for the parser and for the reference. */
final class Settings {

    static final String LIVE = "live";

    private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();
    private static final Set<String> KINDS =
            new TreeSet<>(Set.of(LIVE, "agg-trades", "trades", "capture", "klines"));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MB = 1 << 20;

    static final Setting<String> KIND =
            add(
                    "source.kind",
                    "`live`, `agg-trades`, `trades`, `capture` or `klines`",
                    "must be given",
                    "What the job reads: an exchange that it follows, or recorded files of a kind.",
                    text -> Values.oneOf(text, KINDS));
    static final Setting<Set<String>> SYMBOLS =
            add(
                    "source.symbols",
                    "symbols, separated by commas",
                    "must be given for `live`; else all that the files hold",
                    "The symbols that are read.",
                    Values::symbols);
    static final Setting<List<Path>> PATHS =
            add(
                    "source.paths",
                    "files or folders, separated by commas",
                    "must be given for recorded files",
                    "The recorded files, zip or CSV.",
                    Values::existing);
    static final Setting<List<Path>> HISTORY =
            add(
                    "source.history",
                    "files or folders, separated by commas",
                    "none",
                    "Klines from before recorded files, so that their first bar is scored already.",
                    Values::existing);
    static final Setting<Double> SPEED =
            add(
                    "source.speed",
                    "`max` or a number",
                    "`max`",
                    "Event-time seconds of recorded files that are read in a second.",
                    Values::speed);
    static final Setting<Duration> TIME_TOLERANCE =
            add(
                    "source.time-tolerance",
                    "duration, `0s` to `2h`",
                    "`1s`",
                    "By how much the times of recorded trades may step back in the order of ids. A trade that lies further back is quarantined as TIME_OUTLIER.",
                    text -> Values.duration(text, Duration.ZERO, Duration.ofHours(2)));
    static final Setting<Duration> SINCE =
            add(
                    "source.since",
                    "duration, `0s` to `24h`",
                    "`15m`",
                    "How long before the running minute a live feed begins.",
                    text -> Values.duration(text, Duration.ZERO, DAY));
    static final Setting<URI> STREAM_URL =
            add(
                    "source.stream-url",
                    "`wss://host` or `ws://host:port`",
                    "Binance's host for market data",
                    "Where the WebSocket streams of a live feed are.",
                    text -> Values.uri(text, "wss", "ws"));
    static final Setting<URI> REST_URL =
            add(
                    "source.rest-url",
                    "`https://host` or `http://host:port`",
                    "Binance's host for market data",
                    "Where the REST interface of a live feed is.",
                    text -> Values.uri(text, "https", "http"));
    static final Setting<Integer> INBOX =
            add(
                    "source.inbox",
                    "size, `5mb` to `1024mb`",
                    "`16mb`",
                    "Unread messages that each connection of a live feed may hold.",
                    text -> Values.bytes(text, 5 * MB, 1024 * MB));
    static final Setting<Path> MODELS =
            add(
                    "models.directory",
                    "folder",
                    "the models that travel with the job",
                    "The folder of the `*.model` files that score.",
                    Values::folder);
    static final Setting<String> URL =
            add(
                    "database.url",
                    "`jdbc:postgresql://host:port/database`",
                    "must be given",
                    "The PostgreSQL or TimescaleDB that results are written to.",
                    Values::jdbcUrl);
    static final Setting<String> USER =
            add(
                    "database.user",
                    "text",
                    "what the URL says",
                    "The user that writes the results.",
                    Values::text);
    static final Setting<String> PASSWORD =
            add(
                    "database.password-file",
                    "file",
                    "no password",
                    "The file that holds the user's password and nothing else.",
                    Values::secret);
    static final Setting<Duration> PATIENCE =
            add(
                    "database.patience",
                    "duration, `1s` to `24h`",
                    "`10m`",
                    "How long a lost connection is tried again before the job fails.",
                    text -> Values.duration(text, Duration.ofSeconds(1), DAY));
    static final Setting<Boolean> STAMPED =
            add(
                    "database.stamped",
                    "`true` or `false`",
                    "`true` for `live`, else `false`",
                    "Whether rows carry when they were received and committed, which the live page needs.",
                    Values::bool);
    static final Setting<Boolean> OVERWRITE =
            add(
                    "database.overwrite",
                    "`true` or `false`",
                    "`false`",
                    "Whether complete bars of earlier runs are replaced by complete ones with other numbers, which"
                            + " stay otherwise.",
                    Values::bool);
    static final Setting<Duration> LATENESS =
            add(
                    "bars.allowed-lateness",
                    "duration, whole minutes, `0m` to `2h`",
                    "`2h`",
                    "How long after its minute a trade still revises the bar.",
                    Settings::wholeMinutes);
    static final Setting<Duration> PROVISIONAL =
            add(
                    "bars.provisional-every",
                    "`off`, or a duration, `10ms` to `1m`",
                    "`1s` for `live`, else `off`",
                    "How often results of the running minute are written before they are final.",
                    text ->
                            text.equals("off")
                                    ? Duration.ZERO
                                    : Values.duration(text, Duration.ofMillis(10), MINUTE));
    static final Setting<String> CHECKPOINTS =
            add(
                    "checkpoints.directory",
                    "URI or path",
                    "what the cluster is configured with",
                    "Where checkpoints go; every process of the cluster must reach it.",
                    Values::text);
    static final Setting<Duration> INTERVAL =
            add(
                    "checkpoints.interval",
                    "duration, `100ms` to `1h`",
                    "`10s`",
                    "How often state is checkpointed.",
                    text -> Values.duration(text, Duration.ofMillis(100), HOUR));
    static final Setting<Duration> TIMEOUT =
            add(
                    "checkpoints.timeout",
                    "duration, `1s` to `24h`",
                    "`15m`",
                    "How long a checkpoint may take; longer than `database.patience`.",
                    text -> Values.duration(text, Duration.ofSeconds(1), DAY));
    static final Setting<Integer> RESTARTS =
            add(
                    "restarts.attempts",
                    "`unlimited`, or `0` to `1000000`",
                    "`unlimited` for `live`, else `10`",
                    "Restarts in a row before the job fails.",
                    text ->
                            text.equals("unlimited")
                                    ? PipelineConfig.UNLIMITED
                                    : Values.integer(text, 0, 1_000_000));
    static final Setting<Integer> PARALLELISM =
            add(
                    "parallelism",
                    "`1` to `128`",
                    "`2`",
                    "Subtasks of every operator behind the source.",
                    text -> Values.integer(text, 1, 128));

    /** The keys that only a live feed uses. */
    static final List<Setting<?>> LIVE_ONLY = List.of(SINCE, STREAM_URL, REST_URL, INBOX);

    /** The keys that only recorded files use. */
    static final List<Setting<?>> RECORDED_ONLY = List.of(PATHS, HISTORY, SPEED);

    private Settings() {}

    private static Duration wholeMinutes(String text) {
        Duration duration = Values.duration(text, Duration.ZERO, Duration.ofHours(2));
        if (!duration.equals(Duration.ofMinutes(duration.toMinutes()))) {
            throw new IllegalArgumentException("a duration of whole minutes, 0m to 2h");
        }
        return duration;
    }

    private static <T> Setting<T> add(
            String key,
            String takes,
            String usual,
            String description,
            Function<String, T> parser) {
        Setting<T> setting = new Setting<>(key, takes, usual, description, parser);
        ALL.put(key, setting);
        return setting;
    }

    /** Returns all settings by their keys, in the order of the reference. */
    static Map<String, Setting<?>> all() {
        return ALL;
    }
}

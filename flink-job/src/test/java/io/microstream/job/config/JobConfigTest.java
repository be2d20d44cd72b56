package io.microstream.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {

    private static final Map<String, String> NO_ENVIRONMENT = Map.of();
    private static final String DATABASE = "--database.url=jdbc:postgresql://db:5432/market";

    @TempDir private Path folder;

    @Test
    void liveJobNeedsSymbolsAndDatabaseAlone() {
        JobConfig config =
                JobConfig.from(
                        null,
                        NO_ENVIRONMENT,
                        List.of(
                                "--source.kind=live",
                                "--source.symbols=btcusdt,ETHUSDT",
                                DATABASE));
        assertThat(config.source())
                .isEqualTo(
                        new SourceConfig.Live(
                                Set.of("BTCUSDT", "ETHUSDT"),
                                URI.create("wss://data-stream.binance.vision"),
                                URI.create("https://data-api.binance.vision"),
                                Duration.ofMinutes(15),
                                16 << 20));
        assertThat(config.pipeline()).isEqualTo(PipelineConfig.live(2));
        assertThat(config.database().stamped()).isTrue();
        assertThat(config.models()).isNull();
        assertThat(config.checkpointDirectory()).isNull();
    }

    @Test
    void everyKeyOfRecordedJobIsRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
        Path file =
                file(
                        "# a replay",
                        "source.kind = trades",
                        "source.paths = " + folder,
                        "source.symbols = BTCUSDT",
                        "source.history = " + folder,
                        "source.speed = 60",
                        "",
                        "models.directory = " + folder,
                        "database.url = jdbc:postgresql://db:5432/market",
                        "database.user = writer",
                        "database.password-file = " + secret,
                        "database.patience = 1m",
                        "database.stamped = true",
                        "bars.allowed-lateness = 5m",
                        "bars.provisional-every = 250ms",
                        "checkpoints.directory = s3://bucket/checkpoints",
                        "checkpoints.interval = 5s",
                        "checkpoints.timeout = 2m",
                        "restarts.attempts = unlimited",
                        "parallelism = 3");
        JobConfig config = JobConfig.from(file, NO_ENVIRONMENT, List.of());
        assertThat(config.source())
                .isEqualTo(
                        new SourceConfig.Recorded(
                                "trades",
                                List.of(folder),
                                Set.of("BTCUSDT"),
                                List.of(folder),
                                60,
                                Duration.ofSeconds(1)));
        assertThat(config.models()).isEqualTo(folder);
        assertThat(config.database())
                .isEqualTo(
                        new DatabaseConfig(
                                "jdbc:postgresql://db:5432/market",
                                "writer",
                                "hunter2",
                                Duration.ofMinutes(1),
                                true,
                                false));
        assertThat(config.checkpointDirectory()).isEqualTo("s3://bucket/checkpoints");
        assertThat(config.pipeline())
                .isEqualTo(
                        new PipelineConfig(
                                3,
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(2),
                                PipelineConfig.UNLIMITED,
                                new BarsConfig(Duration.ofMinutes(5), Duration.ofMillis(250))));
        assertThat(config.toString()).doesNotContain("hunter2");
        assertThat(config.lines())
                .contains("parallelism = 3 (file " + file + " line 20)")
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void argumentsOutrankEnvironmentAndEnvironmentOutranksFile() throws IOException {
        Path file =
                file(
                        "source.kind=agg-trades",
                        "source.paths=" + folder,
                        "parallelism=1",
                        "checkpoints.interval=1s",
                        "restarts.attempts=1");
        JobConfig config =
                JobConfig.from(
                        file,
                        Map.of(
                                "MICROSTREAM_DATABASE_URL",
                                "jdbc:postgresql://db/market?password=hunter2",
                                "MICROSTREAM_PARALLELISM",
                                "2",
                                "MICROSTREAM_CHECKPOINTS_INTERVAL",
                                "2s",
                                "MICROSTREAM_HEAP",
                                "2g",
                                "PATH",
                                "/bin"),
                        List.of("--parallelism=3"));
        assertThat(config.pipeline().parallelism()).isEqualTo(3);
        assertThat(config.pipeline().checkpointInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.pipeline().restartAttempts()).isEqualTo(1);
        assertThat(config.lines())
                .contains(
                        "parallelism = 3 (argument --parallelism)",
                        "checkpoints.interval = 2s (environment MICROSTREAM_CHECKPOINTS_INTERVAL)",
                        "restarts.attempts = 1 (file " + file + " line 5)",
                        "checkpoints.timeout = 15m (default)",
                        "database.url = jdbc:postgresql://db/market?password=***"
                                + " (environment MICROSTREAM_DATABASE_URL)");
    }

    @Test
    void everyFaultIsNamedAtOnceWithItsOrigin() throws IOException {
        Path file =
                file(
                        "source.kind = agg-trades",
                        "source.since = 10m",
                        "checkpoints.interval = 10",
                        "checkpoints.timeout = 5m",
                        "paralelism = 2",
                        "no value");
        assertThat(
                        faults(
                                file,
                                Map.of(
                                        "MICROSTREAM_SOURCE_INBOX",
                                        "16",
                                        "MICROSTREAM_COLOUR",
                                        "red"),
                                "--restarts.attempts=many",
                                "--bars.allowed-lateness=90s",
                                "parallelism"))
                .containsExactlyInAnyOrder(
                        "file " + file + " line 6: no key = value",
                        "paralelism (file %s line 5): unknown key. Did you mean parallelism?"
                                .formatted(file),
                        "MICROSTREAM_COLOUR (environment MICROSTREAM_COLOUR): unknown key. See"
                                + " docs/configuration.md",
                        "argument 3: not of the form --key=value",
                        "checkpoints.interval (file %s line 3): not usable: 10. Expected a duration with its unit, 100ms to 3600s, e.g. 250ms, 10s, 5m or 2h"
                                .formatted(file),
                        "source.inbox (environment MICROSTREAM_SOURCE_INBOX): not usable: 16. Expected a size with its unit, 5120kb to 1024mb, e.g. 16mb",
                        "restarts.attempts (argument --restarts.attempts): not usable: many. Expected a whole number, 0 to 1000000",
                        "bars.allowed-lateness (argument --bars.allowed-lateness): not usable: 90s. Expected a duration of whole minutes, 0m to 2h",
                        "database.url: missing. Give database.url in the file, MICROSTREAM_DATABASE_URL or --database.url=…",
                        "source.paths: missing for source.kind=agg-trades. Give source.paths in the file, MICROSTREAM_SOURCE_PATHS or --source.paths=…",
                        "source.since (file %s line 2): contradicts source.kind=agg-trades (file %s line 1). Leave one of them out"
                                .formatted(file, file),
                        "source.inbox (environment MICROSTREAM_SOURCE_INBOX): contradicts source.kind=agg-trades (file %s line 1). Leave one of them out"
                                .formatted(file),
                        "checkpoints.timeout (file %s line 4): not longer than database.patience (default), so an outage of the database would fail checkpoints"
                                .formatted(file));
    }

    @Test
    void secretsOutsideFilesAreRefusedAndNeverQuoted() throws IOException {
        Path file = file("database.password = hunter2");
        List<String> faults =
                faults(
                        file,
                        Map.of("MICROSTREAM_DATABASE_PASSWORD", "hunter2"),
                        "--source.kind=live",
                        "--source.symbols=BTCUSDT",
                        "--database.password=hunter2",
                        "--database.url=jdbc:postgresql://db/market?user=a&password=hunter2",
                        "hunter2");
        assertThat(faults)
                .hasSize(5)
                .noneMatch(fault -> fault.contains("hunter2"))
                .anyMatch(
                        fault ->
                                fault.startsWith(
                                        "database.url (argument --database.url): holds a password"))
                .filteredOn(fault -> fault.contains("secrets are read from files alone"))
                .hasSize(3);
    }

    @Test
    void keyThatIsGivenTwiceInFileIsAFault() throws IOException {
        Path file = file("parallelism = 1", "parallelism = 2");
        assertThat(faults(file, NO_ENVIRONMENT))
                .contains(
                        "parallelism (file %s line 2): given on line 1 too. Keep one of them"
                                .formatted(file));
    }

    @Test
    void fileThatCannotBeReadIsAFault() {
        Path nowhere = folder.resolve("nowhere");
        assertThat(faults(nowhere, NO_ENVIRONMENT))
                .contains(
                        "file "
                                + nowhere
                                + ": not readable. Give a text file of lines key = value");
    }

    private List<String> faults(Path file, Map<String, String> environment, String... arguments) {
        ConfigurationException refused =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () -> JobConfig.from(file, environment, List.of(arguments)));
        assertThat(refused).hasMessageStartingWith("Configuration refused, ");
        return refused.faults();
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("job.properties"), List.of(lines));
    }
}

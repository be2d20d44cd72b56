package io.microstream.standalone.runtime;

import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.job.config.PipelineConfig;
import io.microstream.job.ends.FollowedSources;
import io.microstream.job.ends.RecordedSources;
import io.microstream.standalone.report.RecordedInput;
import io.microstream.standalone.report.ReplayReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.flink.util.FileUtils;

/**
 * A replay over WebSocket and REST: an exchange on loopback plays the input, with faults if asked
 * for, and the feed follows it. Where the exchange was is kept with the checkpoints, so that both
 * go on together.
 *
 * @param input what is played
 * @param settings of the run
 * @param script of faults, if any are asked for
 * @param seed decides where and how the faults strike
 * @param config what more the job is told
 * @param watching how it is watched
 */
public record ThroughExchange(
        RecordedInput input,
        RunSettings settings,
        Optional<FaultScript> script,
        long seed,
        UnaryOperator<PipelineConfig> config,
        MonitoringOptions watching) {

    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(2);

    /**
     * Plays all of it.
     *
     * @param speed market seconds a second; 0 for as fast as the job takes it
     * @param show given the report while everything still runs
     */
    public ReplayReport run(double speed, UnaryOperator<ReplayReport> show) throws Exception {
        List<PlannedFault> faults =
                script.map(each -> PlayedExchange.plan(each, seed, input)).orElse(List.of());
        if (settings.checkpoints() != null) {
            return run(speed, faults, settings.checkpoints(), show);
        }
        Path folder = Files.createTempDirectory("microstream-exchange-");
        try {
            return run(speed, faults, folder, show);
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    private ReplayReport run(
            double speed, List<PlannedFault> faults, Path folder, UnaryOperator<ReplayReport> show)
            throws Exception {
        ExchangeJournal journal = ExchangeJournal.open(folder, settings.resumeFrom().isPresent());
        try (PlayedExchange exchange = PlayedExchange.start(input, speed, faults, seed, journal)) {
            System.out.println("exchange: " + exchange.describe());
            try (LocalRun run = follow(exchange)) {
                return show.apply(
                        run.reporting(exchange::report)
                                .telling(exchange::taken)
                                .toTheEnd(Duration.ZERO));
            }
        }
    }

    private LocalRun follow(PlayedExchange exchange) throws Exception {
        return LocalRun.start(
                input,
                models ->
                        new FollowedSources(
                                exchange.source(),
                                1,
                                models,
                                RecordedSources.history(input.history())),
                config.apply(
                        PipelineConfig.bounded(settings.parallelism())
                                .withCheckpointInterval(BETWEEN_CHECKPOINTS)),
                settings,
                watching);
    }
}

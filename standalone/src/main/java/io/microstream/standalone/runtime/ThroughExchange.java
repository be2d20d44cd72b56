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
 * Replays over WebSocket and REST: an exchange on loopback plays the input, optionally with faults,
 * and the feed follows it. The exchange's position is kept with the checkpoints, so that both
 * resume together.
 *
 * @param input recorded trades to play
 * @param settings of the run
 * @param script of faults; empty for none
 * @param seed decides where and how faults occur
 * @param config completes the configuration of the job
 * @param monitoring of the run
 */
public record ThroughExchange(
        RecordedInput input,
        RunSettings settings,
        Optional<FaultScript> script,
        long seed,
        UnaryOperator<PipelineConfig> config,
        MonitoringOptions monitoring) {

    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(2);

    /**
     * Plays the whole input and returns the report.
     *
     * @param speed market seconds per second; 0 for as fast as the job reads
     * @param show receives the report while everything still runs
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
                                .onTradesTaken(exchange::taken)
                                .awaitEnd(Duration.ZERO));
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
                monitoring);
    }
}

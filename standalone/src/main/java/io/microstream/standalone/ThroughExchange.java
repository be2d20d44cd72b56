package io.microstream.standalone;

import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.job.JobConfig;
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
 * @param options of the run
 * @param asked what is to go wrong
 * @param config what more the job is told
 * @param watching how it is watched
 */
record ThroughExchange(
        RecordedInput input,
        RunOptions options,
        ExchangeOptions asked,
        UnaryOperator<JobConfig> config,
        Watching watching) {

    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(2);

    /**
     * Plays all of it.
     *
     * @param speed market seconds a second; 0 for as fast as the job takes it
     * @param show given the report while everything still runs
     */
    ReplayReport run(double speed, UnaryOperator<ReplayReport> show) throws Exception {
        Optional<FaultScript> script = asked.script();
        List<PlannedFault> faults =
                script.map(each -> PlayedExchange.plan(each, asked.seed(), input))
                        .orElse(List.of());
        if (options.checkpoints() != null) {
            return run(speed, faults, options.checkpoints(), show);
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
        ExchangeJournal journal = ExchangeJournal.open(folder, options.resumeFrom().isPresent());
        try (PlayedExchange exchange =
                PlayedExchange.start(input, speed, faults, asked.seed(), journal)) {
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
                        JobConfig.bounded(options.parallelism())
                                .withCheckpointInterval(BETWEEN_CHECKPOINTS)),
                options,
                watching);
    }
}

package io.microstream.job.ends;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.InspectedFiles;
import io.microstream.binance.archive.UnreadableRows;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.wire.StreamKind;
import io.microstream.job.JobSources;
import io.microstream.job.ModelUpdate;
import io.microstream.job.config.JobConfig;
import io.microstream.job.config.SourceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the sources that a configuration asks for. */
public final class ConfiguredSources {

    private ConfiguredSources() {}

    /**
     * Reads the models, then inspects the recorded files or asks the exchange for its running
     * minute; returns the sources of that input.
     *
     * @param warnings receives a line for each symbol that is not traded now, for a wrong clock,
     *     and for each recorded file that may not hold what its name promises
     * @throws IllegalArgumentException if models or files are missing or cannot be read
     */
    public static JobSources of(JobConfig config, Consumer<String> warnings) {
        List<ModelUpdate> models = ModelFiles.read(config.models());
        if (config.source() instanceof SourceConfig.Live live) {
            return live(live, config.pipeline().parallelism(), models, warnings);
        }
        return recorded((SourceConfig.Recorded) config.source(), models, warnings);
    }

    private static JobSources live(
            SourceConfig.Live live,
            int parallelism,
            List<ModelUpdate> models,
            Consumer<String> warnings) {
        Set<String> symbols = new TreeSet<>(live.symbols());
        long fromMs =
                LiveExchange.runningMinuteMs(live.rest(), symbols, warnings)
                        - live.since().toMillis();
        LiveConfig exchange =
                LiveConfig.at(live.streams(), live.rest(), StreamKind.AGG_TRADE)
                        .withInbox(live.inboxBytes());
        return new FollowedSources(
                BinanceSource.builder()
                        .live(exchange)
                        .symbols(symbols, FeedStart.atTimeMs(fromMs))
                        .build(),
                Math.min(parallelism, symbols.size()),
                models,
                new RestKlineHistory(RestConfig.command(live.rest())));
    }

    private static JobSources recorded(
            SourceConfig.Recorded recorded, List<ModelUpdate> models, Consumer<String> warnings) {
        DumpKind kind =
                DumpKind.valueOf(recorded.kind().replace('-', '_').toUpperCase(Locale.ROOT));
        InspectedFiles inspected =
                ArchiveCatalog.inspectAll(kind, recorded.paths(), recorded.symbols());
        List<ArchiveFile> files = inspected.files();
        Set<String> found =
                files.stream()
                        .map(ArchiveFile::symbol)
                        .collect(Collectors.toCollection(TreeSet::new));
        InspectedFiles history = history(recorded.history(), found);
        inspected.warnings().forEach(warnings);
        history.warnings().forEach(warnings);
        history.unreadable().line().ifPresent(line -> warnings.accept("history: " + line));
        return new RecordedSources(
                files, recorded.speed(), recorded.timeTolerance(), models, history.files());
    }

    /** Inspects the kline files of the given symbols; there are none if there are no paths. */
    public static InspectedFiles history(List<Path> paths, Set<String> symbols) {
        return paths.isEmpty()
                ? new InspectedFiles(List.of(), List.of(), new UnreadableRows())
                : ArchiveCatalog.inspectAny(DumpKind.KLINES, paths, symbols);
    }
}

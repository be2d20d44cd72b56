package io.microstream.job.ends;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
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
     * @param warnings receives a line for each symbol that is not traded now, and for a wrong clock
     * @throws IllegalArgumentException if models or files are missing or cannot be read
     */
    public static JobSources of(JobConfig config, Consumer<String> warnings) {
        List<ModelUpdate> models = ModelFiles.read(config.models());
        if (config.source() instanceof SourceConfig.Live live) {
            return live(live, config.pipeline().parallelism(), models, warnings);
        }
        return recorded((SourceConfig.Recorded) config.source(), models);
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

    private static JobSources recorded(SourceConfig.Recorded recorded, List<ModelUpdate> models) {
        DumpKind kind =
                DumpKind.valueOf(recorded.kind().replace('-', '_').toUpperCase(Locale.ROOT));
        List<ArchiveFile> files =
                ArchiveCatalog.inspect(kind, recorded.paths(), recorded.symbols());
        Set<String> found =
                files.stream()
                        .map(ArchiveFile::symbol)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new RecordedSources(
                files,
                recorded.speed(),
                recorded.timeTolerance(),
                models,
                history(recorded.history(), found));
    }

    /** Returns the kline files of the given symbols; an empty list if there are no paths. */
    public static List<ArchiveFile> history(List<Path> paths, Set<String> symbols) {
        return paths.isEmpty()
                ? List.of()
                : ArchiveCatalog.inspect(DumpKind.KLINES, paths, Set.of()).stream()
                        .filter(file -> symbols.contains(file.symbol()))
                        .toList();
    }
}

package io.microstream.standalone.runtime;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveException;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.RecordedTrades;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.cases.TradesUnavailableException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the trades of a case from dumps of aggregate trades. Files whose names are of other days
 * are not opened.
 *
 * @param paths files or folders
 */
public record ArchiveCaseTrades(List<Path> paths) implements CaseTrades {

    @Override
    public String source() {
        return "dumps " + paths;
    }

    @Override
    public List<String> read(String symbol, long fromMs, long toMs, Taker taker)
            throws TradesUnavailableException {
        try {
            List<ArchiveFile> files =
                    ArchiveCatalog.inspectAll(
                                    DumpKind.AGG_TRADES,
                                    paths,
                                    Set.of(symbol),
                                    fromMs * 1000,
                                    toMs * 1000)
                            .files();
            if (files.isEmpty()) {
                throw new TradesUnavailableException(
                        "no dump covers these days: paths=%s from=%s to=%s. Give the dumps of the case's days"
                                .formatted(
                                        paths,
                                        Instant.ofEpochMilli(fromMs),
                                        Instant.ofEpochMilli(toMs)));
            }
            return read(symbol, files, taker);
        } catch (ArchiveException e) {
            throw new TradesUnavailableException(e.getMessage(), e);
        }
    }

    private static List<String> read(String symbol, List<ArchiveFile> files, Taker taker) {
        List<String> asked = new ArrayList<>();
        files.forEach(
                file ->
                        asked.add(
                                "file %s: ids %d to %d"
                                        .formatted(
                                                Path.of(file.path()).getFileName(),
                                                file.firstId(),
                                                file.lastId())));
        try (RecordedTrades trades = new RecordedTrades(symbol, files)) {
            boolean wanted = true;
            while (wanted && trades.hasNext()) {
                wanted = taker.take(trades.next());
            }
        }
        return asked;
    }
}

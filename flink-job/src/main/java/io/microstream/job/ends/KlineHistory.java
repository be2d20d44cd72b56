package io.microstream.job.ends;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.KlineReader;
import io.microstream.job.features.BarHistory;
import io.microstream.market.Bar;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bars from before the feed from recorded kline files.
 *
 * @param files inspected kline files of any number of symbols
 */
public record KlineHistory(List<ArchiveFile> files) implements BarHistory {

    private static final Logger LOG = LoggerFactory.getLogger(KlineHistory.class);

    public KlineHistory {
        files = new ArrayList<>(files);
    }

    @Override
    public List<Bar> before(String symbol, long openTimeMs, int bars) {
        List<ArchiveFile> itsFiles =
                files.stream().filter(file -> file.symbol().equals(symbol)).toList();
        List<Bar> found = new ArrayList<>();
        long fromMs = openTimeMs - bars * Bar.MINUTE_MS;
        try (KlineReader reader =
                KlineReader.open(itsFiles, fromMs, openTimeMs, KlineHistory::passOver)) {
            reader.forEachRemaining(found::add);
        }
        return found;
    }

    /** Logs a row that cannot be parsed; its minute is then missing from the history. */
    private static void passOver(String path, long line, String reason, String text) {
        LOG.warn("History row passed over: path={} line={} reason={}", path, line, reason);
    }
}

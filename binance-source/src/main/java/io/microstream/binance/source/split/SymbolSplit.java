package io.microstream.binance.source.split;

import io.microstream.binance.archive.ArchiveFile;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One symbol: the files it is read from, ordered by first id, and how far it has been read. What
 * follows the archive (REST history, the live stream) continues from {@link FeedPosition#lastId()}.
 *
 * @param symbol upper case; also the split's id
 * @param files the recorded part, possibly overlapping
 * @param position how far the split has been emitted
 */
public record SymbolSplit(String symbol, List<ArchiveFile> files, FeedPosition position)
        implements SourceSplit, Serializable {

    public SymbolSplit {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(position, "position");
        files = List.copyOf(files);
    }

    @Override
    public String splitId() {
        return symbol;
    }

    /** Rows of all files, readable or not. */
    public long rows() {
        return files.stream().mapToLong(file -> file.rows() + file.malformed()).sum();
    }

    /** The same split, emitted up to another position. */
    public SymbolSplit at(FeedPosition newPosition) {
        return new SymbolSplit(symbol, files, newPosition);
    }
}

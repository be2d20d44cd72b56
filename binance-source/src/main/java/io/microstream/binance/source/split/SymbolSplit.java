package io.microstream.binance.source.split;

import io.microstream.binance.archive.ArchiveFile;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One symbol: the files it is read from, ordered by first id, how far it has been read, and whether
 * it goes on live. What follows the archive (REST history, the live stream) continues from {@link
 * FeedPosition#lastId()}.
 *
 * @param symbol upper case; also the split's id
 * @param files the recorded part, possibly overlapping
 * @param live the part behind it, or null if the split ends with its files
 * @param position how far the split has been emitted
 */
public record SymbolSplit(
        String symbol, List<ArchiveFile> files, LiveRange live, FeedPosition position)
        implements SourceSplit, Serializable {

    public SymbolSplit {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(position, "position");
        files = List.copyOf(files);
    }

    /** A split that ends with its files. */
    public SymbolSplit(String symbol, List<ArchiveFile> files, FeedPosition position) {
        this(symbol, files, null, position);
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
        return new SymbolSplit(symbol, files, live, newPosition);
    }
}

package io.microstream.binance.source.split;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.wire.StreamKind;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One stream of one symbol: the files it is read from, ordered by first id, how far it has been
 * read, and whether it goes on live. What follows the archive (REST history, the live stream)
 * continues behind the position.
 *
 * @param symbol upper case
 * @param kind what the stream carries; with the symbol it identifies the split
 * @param files the recorded part, possibly overlapping
 * @param live the part behind it, or null if the split ends with its files
 * @param position how far the split has been emitted
 */
public record SymbolSplit(
        String symbol,
        StreamKind kind,
        List<ArchiveFile> files,
        LiveRange live,
        SplitPosition position)
        implements SourceSplit, Serializable {

    public SymbolSplit {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(position, "position");
        files = List.copyOf(files);
    }

    /** A split of the kind that its files hold. */
    public SymbolSplit(
            String symbol, List<ArchiveFile> files, LiveRange live, SplitPosition position) {
        this(symbol, kindOf(files), files, live, position);
    }

    /** A split of the kind that its files hold, which ends with them. */
    public SymbolSplit(String symbol, List<ArchiveFile> files, SplitPosition position) {
        this(symbol, files, null, position);
    }

    /** Returns the kind of what files hold; aggregate trades if there is no file. */
    public static StreamKind kindOf(List<ArchiveFile> files) {
        if (files.isEmpty()) {
            return StreamKind.AGG_TRADE;
        }
        if (files.stream().anyMatch(file -> file.kind() == DumpKind.KLINES)) {
            return StreamKind.KLINE_1M;
        }
        return files.get(0).aggregated() ? StreamKind.AGG_TRADE : StreamKind.TRADE;
    }

    /** Returns the name of the stream, such as {@code btcusdt@aggTrade}. */
    @Override
    public String splitId() {
        return kind.streamOf(symbol);
    }

    /** Returns the position in the trades of the symbol. */
    public TradePosition tradePosition() {
        return (TradePosition) position;
    }

    /** Returns the number of rows of all files, readable or not. */
    public long rows() {
        return files.stream().mapToLong(file -> file.rows() + file.malformed()).sum();
    }

    /** Returns the same split, emitted up to another position. */
    public SymbolSplit at(SplitPosition newPosition) {
        return new SymbolSplit(symbol, kind, files, live, newPosition);
    }
}

package io.microstream.binance.source;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.source.split.FeedPosition;
import io.microstream.binance.source.split.SymbolSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds a {@link BinanceSource}; checks everything at {@link #build}. */
public final class BinanceSourceBuilder {

    private List<ArchiveFile> files = List.of();
    private double speed;

    BinanceSourceBuilder() {}

    /** Recorded rows, as {@link io.microstream.binance.archive.ArchiveCatalog} found them. */
    public BinanceSourceBuilder archive(List<ArchiveFile> inspectedFiles) {
        this.files = List.copyOf(inspectedFiles);
        return this;
    }

    /** How many event-time seconds pass in a second; 0, the default, is as fast as possible. */
    public BinanceSourceBuilder speed(double eventSecondsPerSecond) {
        this.speed = eventSecondsPerSecond;
        return this;
    }

    /**
     * @throws IllegalArgumentException if there is nothing to read or the speed is negative
     */
    public BinanceSource build() {
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing to read: archive() needs at least one file");
        }
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException(
                    "Speed must be 0 (as fast as possible) or more: speed=" + speed);
        }
        Map<String, List<ArchiveFile>> bySymbol =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        ArchiveFile::symbol, TreeMap::new, Collectors.toList()));
        List<SymbolSplit> splits = new ArrayList<>();
        bySymbol.forEach(
                (symbol, itsFiles) ->
                        splits.add(new SymbolSplit(symbol, itsFiles, FeedPosition.START)));
        return new BinanceSource(splits, speed);
    }
}

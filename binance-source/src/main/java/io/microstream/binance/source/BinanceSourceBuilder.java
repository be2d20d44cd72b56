package io.microstream.binance.source;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.CheckedTrades;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.source.split.LiveRange;
import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.TradePosition;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a {@link BinanceSource}; checks everything at {@link #build}.
 *
 * <p>Files alone: the source ends with them. {@link #live} and symbols: it follows the exchange
 * from {@link #startFrom} on, until {@link #until} or without end. Files and {@link #live}: a
 * symbol goes from its files to REST to the stream, joined by id.
 */
public final class BinanceSourceBuilder {

    private List<ArchiveFile> files = List.of();
    private double speed;
    private Duration timeTolerance = CheckedTrades.DEFAULT_TOLERANCE;
    private final Map<String, FeedStart> starts = new TreeMap<>();
    private Map<String, Long> lastIds = Map.of();
    private LiveConfig live;

    BinanceSourceBuilder() {}

    /** Adds recorded rows, as {@link io.microstream.binance.archive.ArchiveCatalog} found them. */
    public BinanceSourceBuilder archive(List<ArchiveFile> inspectedFiles) {
        this.files = List.copyOf(inspectedFiles);
        return this;
    }

    /** Sets how many event-time seconds of the files pass in a second; 0 is as fast as possible. */
    public BinanceSourceBuilder speed(double eventSecondsPerSecond) {
        this.speed = eventSecondsPerSecond;
        return this;
    }

    /**
     * Sets by how much times may step back in the order of ids before a row is quarantined; {@link
     * CheckedTrades#DEFAULT_TOLERANCE} if nothing else is asked for.
     */
    public BinanceSourceBuilder timeTolerance(Duration tolerance) {
        this.timeTolerance = tolerance;
        return this;
    }

    /** Makes the source follow an exchange live, behind the files if there are any. */
    public BinanceSourceBuilder live(LiveConfig config) {
        this.live = config;
        return this;
    }

    /**
     * Adds symbols to follow, upper or lower case, from {@code start} on where there are no files.
     */
    public BinanceSourceBuilder symbols(Collection<String> names, FeedStart start) {
        names.forEach(name -> starts.put(name.toUpperCase(Locale.ROOT), start));
        return this;
    }

    /** Adds a symbol to follow, from {@code start} on if it has no files. */
    public BinanceSourceBuilder startFrom(String symbol, FeedStart start) {
        starts.put(symbol.toUpperCase(Locale.ROOT), start);
        return this;
    }

    /** Sets the last id of each symbol; the feed of a symbol that is not named never ends. */
    public BinanceSourceBuilder until(Map<String, Long> lastIdBySymbol) {
        this.lastIds = Map.copyOf(lastIdBySymbol);
        return this;
    }

    /**
     * @throws IllegalArgumentException if there is nothing to read, the speed is negative, or what
     *     was given does not go together
     */
    public BinanceSource build() {
        check();
        Map<String, List<ArchiveFile>> bySymbol = new TreeMap<>();
        files.forEach(
                file ->
                        bySymbol.computeIfAbsent(file.symbol(), symbol -> new ArrayList<>())
                                .add(file));
        starts.keySet().forEach(symbol -> bySymbol.putIfAbsent(symbol, List.of()));
        List<SymbolSplit> splits = new ArrayList<>();
        bySymbol.forEach(
                (symbol, itsFiles) ->
                        splits.add(
                                new SymbolSplit(
                                        symbol,
                                        kind(itsFiles),
                                        itsFiles,
                                        liveRange(symbol),
                                        TradePosition.START)));
        return new BinanceSource(splits, speed, timeTolerance, live);
    }

    private StreamKind kind(List<ArchiveFile> itsFiles) {
        return live == null ? SymbolSplit.kindOf(itsFiles) : live.feed().kind();
    }

    private LiveRange liveRange(String symbol) {
        return live == null
                ? null
                : new LiveRange(
                        starts.getOrDefault(symbol, FeedStart.LATEST),
                        lastIds.getOrDefault(symbol, LiveRange.ENDLESS));
    }

    private void check() {
        if (files.isEmpty() && starts.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing to read: give archive() at least one file, or live() and symbols()");
        }
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException(
                    "Speed must be 0 (as fast as possible) or more: speed=" + speed);
        }
        if (live == null && !(starts.isEmpty() && lastIds.isEmpty())) {
            throw new IllegalArgumentException(
                    "Symbols are followed live only: symbols="
                            + starts.keySet()
                            + ". Give live() an exchange");
        }
        boolean klines = files.stream().anyMatch(file -> file.kind() == DumpKind.KLINES);
        if (live != null && (klines || speed != 0)) {
            throw new IllegalArgumentException(
                    "Only trades, at full speed, go on live: klines=" + klines + " speed=" + speed);
        }
        boolean single = live != null && live.feed().kind() == StreamKind.TRADE;
        if (live != null && files.stream().anyMatch(file -> file.aggregated() == single)) {
            throw new IllegalArgumentException(
                    "Files go on live with trades of their own kind only: live="
                            + live.feed().kind());
        }
        Map<String, Long> unknown = new HashMap<>(lastIds);
        unknown.keySet().removeAll(starts.keySet());
        files.forEach(file -> unknown.remove(file.symbol()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Last ids of symbols not followed: " + unknown);
        }
    }
}

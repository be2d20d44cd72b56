package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.transport.streams.StreamConnections;
import io.microstream.binance.transport.streams.StreamLink;
import io.microstream.binance.transport.streams.StreamSubscriber;
import io.microstream.binance.transport.websocket.StreamTransport;
import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import io.microstream.binance.wire.StreamKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trades of any number of symbols, live: each once and in id order, through disconnects,
 * stalls, renewals and restarts. What a stream does not bring is fetched from REST before anything
 * newer goes out; what went wrong is reported once, as a {@link io.microstream.market.DataQuality}.
 *
 * <p>Everything happens on the thread that drives the loop. With a loop whose clock is simulated,
 * and simulated transports, a day passes in a second and every run of a seed is the same.
 */
public final class TradeFeed implements StreamSubscriber, FeedParts.Streams, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TradeFeed.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration STATUS_EVERY = Duration.ofMinutes(5);
    private static final Duration LONG_SILENCE = Duration.ofSeconds(60);
    private static final int QUOTED = 500;

    /** Lag is looked at in one frame of 64: a clock costs as much as a trade. */
    private static final long LAG_SAMPLE = 63;

    private final FeedParts parts;
    private final StreamConnections connections;
    private final InstantSource wallClock;
    private final FrameType tradeType;
    private final FrameParser parser = new FrameParser();
    private final StreamedTrade streamed = new StreamedTrade(parser);
    private final Map<String, SymbolFeed> symbols = new HashMap<>();
    private final Map<String, SymbolFeed> byStream = new HashMap<>();
    private long nextStatusNanos;
    private long nextProbeNanos;
    private boolean askingTime;
    private boolean closed;
    private long exchangeTimeUs;

    public TradeFeed(
            FeedConfig config,
            StreamTransport transport,
            TradeHistory history,
            EventLoop loop,
            ConnectBudget budget,
            FeedOutput out,
            LiveCounts counts,
            InstantSource wallClock,
            RandomGenerator chance) {
        this.parts = new FeedParts(config, loop, history, out, counts, this);
        this.connections =
                new StreamConnections(config.streams(), transport, loop, budget, counts, chance);
        this.wallClock = wallClock;
        this.tradeType = config.kind() == StreamKind.TRADE ? FrameType.TRADE : FrameType.AGG_TRADE;
        loop.after(SWEEP, this::sweep);
    }

    /** Returns the kind of trades that is followed. */
    public StreamKind kind() {
        return parts.config().kind();
    }

    /** Begins a symbol's feed; it ends behind {@code stopId}, or never with Long.MAX_VALUE. */
    public void add(String symbol, FeedStart start, long stopId) {
        newSymbol(symbol, start, stopId).start();
    }

    /**
     * Goes on with a symbol behind the last trade that was emitted.
     *
     * @param because why trades since then are missing, for the report; null if that is no fault
     */
    public void resume(
            String symbol,
            long lastId,
            long lastTradeId,
            long lastTimeUs,
            long stopId,
            String because) {
        newSymbol(symbol, FeedStart.LATEST, stopId)
                .resume(lastId, lastTradeId, lastTimeUs, because);
    }

    private SymbolFeed newSymbol(String symbol, FeedStart start, long stopId) {
        SymbolFeed feed = new SymbolFeed(symbol, start, stopId, parts);
        if (symbols.putIfAbsent(symbol, feed) != null) {
            throw new IllegalArgumentException("Symbol is fed already: symbol=" + symbol);
        }
        byStream.put(feed.stream(), feed);
        connections.subscribe(feed.stream(), this);
        return feed;
    }

    /** Stops the feed of a symbol and unsubscribes its stream. */
    public void remove(String symbol) {
        SymbolFeed feed = symbols.remove(symbol);
        feed.stop();
        byStream.remove(feed.stream());
        connections.unsubscribe(feed.stream());
    }

    /** Returns why the host refuses us for good; null as long as it does not. */
    public String refusal() {
        return connections.refusal();
    }

    private void sweep() {
        if (closed) {
            return;
        }
        long now = parts.now();
        connections.sweep();
        List<SymbolFeed> silent = new ArrayList<>();
        for (SymbolFeed feed : List.copyOf(symbols.values())) {
            feed.sweep(now);
            if (feed.liveness().wantsProbe(now)) {
                silent.add(feed);
            }
        }
        probe(silent);
        askStatus(now);
        publish(now);
        parts.loop().after(SWEEP, this::sweep);
    }

    /** The exchange's clock first: what follows a newest trade is then asked of a later moment. */
    private void probe(List<SymbolFeed> silent) {
        if (silent.isEmpty() || askingTime || parts.now() < nextProbeNanos) {
            return;
        }
        askingTime = true;
        parts.whenAnswered(
                parts.history().serverTimeUs(),
                (timeUs, failure) -> {
                    askingTime = false;
                    if (failure != null) {
                        parts.counts().restFailures++;
                        nextProbeNanos = parts.now() + parts.config().silence().toNanos();
                    } else {
                        exchangeTimeUs = timeUs;
                        silent.forEach(feed -> feed.liveness().probe(timeUs));
                    }
                });
    }

    private void askStatus(long now) {
        List<String> silent =
                symbols.values().stream()
                        .filter(feed -> isLong(feed.liveness().silenceNanos(now)))
                        .map(SymbolFeed::symbol)
                        .sorted()
                        .toList();
        if (silent.isEmpty() || now < nextStatusNanos) {
            return;
        }
        nextStatusNanos = now + STATUS_EVERY.toNanos();
        parts.whenAnswered(
                parts.history().halted(silent),
                (halted, failure) -> {
                    if (failure == null) {
                        silent.stream()
                                .map(symbols::get)
                                .filter(feed -> feed != null && !feed.isOver())
                                .filter(feed -> isLong(silence(feed)))
                                .forEach(
                                        feed ->
                                                feed.liveness()
                                                        .halted(halted.contains(feed.symbol())));
                    }
                });
    }

    private long silence(SymbolFeed feed) {
        return feed.liveness().silenceNanos(parts.now());
    }

    private static boolean isLong(long silenceNanos) {
        return silenceNanos >= LONG_SILENCE.toNanos();
    }

    private void publish(long now) {
        LiveCounts counts = parts.counts();
        int gaps = 0;
        int polled = 0;
        int halted = 0;
        long silence = 0;
        for (SymbolFeed feed : symbols.values()) {
            gaps += feed.hasGap() ? 1 : 0;
            polled += feed.liveness().isPolled() ? 1 : 0;
            halted += feed.liveness().isHalted() ? 1 : 0;
            long itsSilence = feed.liveness().silenceNanos(now);
            silence = Math.max(silence, itsSilence);
            SymbolCounts its = counts.of(feed.symbol());
            its.silenceMs = itsSilence / 1_000_000;
            its.lastId = feed.lastId();
        }
        counts.openGaps = gaps;
        counts.polledSymbols = polled;
        counts.haltedSymbols = halted;
        counts.longestSilenceMs = silence / 1_000_000;
    }

    @Override
    public void frame(StreamLink link, byte[] bytes, int from, int to, long receivedMs) {
        FrameType type = parser.parse(bytes, from, to);
        if (parser.eventTimeUs() > 0) {
            exchangeTimeUs = parser.eventTimeUs();
        }
        if ((++parts.counts().frames & LAG_SAMPLE) == 0) {
            parts.counts().lagMs = wallClock.millis() - exchangeTimeUs / 1000;
        }
        if (type == tradeType) {
            trade(link, receivedMs);
        } else if (type == FrameType.MALFORMED) {
            deadLetter(link, bytes, from, to);
        } else if (!connections.handle(link, parser, type)) {
            parts.counts().foreignFrames++;
        }
    }

    private void trade(StreamLink link, long receivedMs) {
        SymbolFeed feed = symbols.get(parser.symbol());
        if (feed == null) {
            parts.counts().foreignFrames++;
            return;
        }
        boolean mayHaveCome = link.shows(feed.stream(), parser.id()) || !link.isCurrent();
        streamed.receivedAtMs = receivedMs;
        feed.streamed(streamed, mayHaveCome);
    }

    /** Reports an unreadable message for the symbol it names, or for one of its connection. */
    private void deadLetter(StreamLink link, byte[] bytes, int from, int to) {
        SymbolFeed named = symbols.get(parser.symbol());
        SymbolFeed feed =
                named != null
                        ? named
                        : link.streams().stream()
                                .map(byStream::get)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null);
        long number = ++parts.counts().deadLetters;
        if (feed != null) {
            int length = Math.min(to - from, QUOTED);
            String text = new String(bytes, from, length, StandardCharsets.UTF_8);
            String cut = to - from > length ? " … bytes=" + (to - from) : "";
            feed.deadLetter(number, parser.reason() + ": " + text + cut);
        }
    }

    @Override
    public void cut(String stream, String how) {
        byStream.get(stream).disconnected(how);
    }

    @Override
    public void joined(String stream) {
        byStream.get(stream).liveness().joinSoon();
    }

    @Override
    public void resubscribe(String symbol) {
        connections.resubscribe(symbols.get(symbol).stream());
    }

    @Override
    public long exchangeTimeUs() {
        return exchangeTimeUs;
    }

    @Override
    public long wallTimeUs() {
        return wallClock.millis() * 1000;
    }

    @Override
    public boolean isBehind(String symbol) {
        return connections.isBehind(symbols.get(symbol).stream());
    }

    @Override
    public void replaceConnection(String symbol) {
        connections.replaceSilent(symbols.get(symbol).stream());
    }

    /** Ends all connections; nothing more goes out. */
    @Override
    public void close() {
        closed = true;
        symbols.values().forEach(SymbolFeed::stop);
        connections.close();
        symbols.clear();
        byStream.clear();
    }
}

package io.microstream.binance.trades;

import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.binance.transport.streams.ConnectBudget;
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
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trades of any number of symbols, live: each once and in id order, through disconnects,
 * stalls, renewals and restarts. What a stream does not bring is fetched from REST before anything
 * newer goes out; what went wrong is told once, as a {@link io.microstream.market.DataQuality}.
 *
 * <p>Everything happens on the thread that drives the loop. With a loop whose clock is simulated,
 * and simulated transports, a day passes in a second and every run of a seed is the same.
 */
public final class TradeFeed implements StreamShard.Owner, FeedParts.Streams, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TradeFeed.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration STATUS_EVERY = Duration.ofMinutes(5);
    private static final Duration LONG_SILENCE = Duration.ofSeconds(60);
    private static final int QUOTED = 500;

    /** Lag is looked at in one frame of 64: a clock costs as much as a trade. */
    private static final long LAG_SAMPLE = 63;

    private final FeedParts parts;
    private final StreamTransport transport;
    private final ConnectBudget budget;
    private final RandomGenerator chance;
    private final InstantSource wallClock;
    private final FrameType tradeType;
    private final FrameParser parser = new FrameParser();
    private final StreamedTrade streamed = new StreamedTrade(parser);
    private final Map<String, SymbolFeed> symbols = new HashMap<>();
    private final List<StreamShard> shards = new ArrayList<>();
    private long nextStatusNanos;
    private long nextProbeNanos;
    private boolean askingTime;
    private boolean closed;
    private String refusal;
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
        this.transport = transport;
        this.budget = budget;
        this.chance = chance;
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
        shardWithRoom().add(symbol);
        return feed;
    }

    private StreamShard shardWithRoom() {
        for (StreamShard shard : shards) {
            if (shard.size() < parts.config().streamsPerConnection()) {
                return shard;
            }
        }
        StreamShard shard = new StreamShard(parts, transport, budget, this, chance);
        shards.add(shard);
        return shard;
    }

    /** Forgets symbols that have ended. */
    public void remove(String symbol) {
        symbols.remove(symbol).stop();
        shardOf(symbol).remove(symbol);
        shards.removeIf(shard -> shard.size() == 0);
    }

    private StreamShard shardOf(String symbol) {
        return shards.stream().filter(shard -> shard.carries(symbol)).findFirst().orElseThrow();
    }

    /** Why the host refuses us for good; null as long as it does not. */
    public String refusal() {
        return refusal;
    }

    private void sweep() {
        if (closed) {
            return;
        }
        long now = parts.now();
        List.copyOf(shards).forEach(StreamShard::sweep);
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
        parts.hear(
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
        parts.hear(
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
        counts.openConnections = shards.stream().mapToInt(StreamShard::openLinks).sum();
    }

    @Override
    public void frame(
            StreamShard shard, StreamLink link, byte[] bytes, int from, int to, long receivedMs) {
        FrameType type = parser.parse(bytes, from, to);
        if (parser.eventTimeUs() > 0) {
            exchangeTimeUs = parser.eventTimeUs();
        }
        if ((++parts.counts().frames & LAG_SAMPLE) == 0) {
            parts.counts().lagMs = wallClock.millis() - exchangeTimeUs / 1000;
        }
        if (type == tradeType) {
            trade(shard, link, receivedMs);
            return;
        }
        switch (type) {
            case MALFORMED -> deadLetter(shard, bytes, from, to);
            case SERVER_SHUTDOWN -> {
                link.announceEnd();
                shard.sweep();
            }
            case ERROR ->
                    LOG.warn(
                            "Streams refused a message: code={} msg={}",
                            parser.errorCode(),
                            parser.text());
            case REPLY -> {}
            default -> parts.counts().foreignFrames++;
        }
    }

    private void trade(StreamShard shard, StreamLink link, long receivedMs) {
        SymbolFeed feed = symbols.get(parser.symbol());
        if (feed == null) {
            parts.counts().foreignFrames++;
            return;
        }
        boolean mayHaveCome = link.shows(feed.symbol(), parser.id()) || !shard.isCurrent(link);
        streamed.receivedAtMs = receivedMs;
        feed.streamed(streamed, mayHaveCome);
    }

    /** Its text is kept with the symbol it names, or with one of the connection it came by. */
    private void deadLetter(StreamShard shard, byte[] bytes, int from, int to) {
        SymbolFeed named = symbols.get(parser.symbol());
        SymbolFeed feed = named != null ? named : symbols.get(shard.anySymbol());
        long number = ++parts.counts().deadLetters;
        if (feed != null) {
            int length = Math.min(to - from, QUOTED);
            String text = new String(bytes, from, length, StandardCharsets.UTF_8);
            String cut = to - from > length ? " … bytes=" + (to - from) : "";
            feed.deadLetter(number, parser.reason() + ": " + text + cut);
        }
    }

    @Override
    public void cut(String symbol, String how) {
        symbols.get(symbol).disconnected(how);
    }

    @Override
    public void joined(String symbol) {
        symbols.get(symbol).liveness().joinSoon();
    }

    @Override
    public void refused(String why) {
        refusal = why;
    }

    @Override
    public void resubscribe(String symbol) {
        shardOf(symbol).resubscribe(symbol);
    }

    @Override
    public long exchangeTimeUs() {
        return exchangeTimeUs;
    }

    @Override
    public boolean isBehind(String symbol) {
        return shardOf(symbol).isBehind();
    }

    @Override
    public void replaceConnection(String symbol) {
        shardOf(symbol).replaceSilent();
    }

    /** Ends all connections; nothing more goes out. */
    @Override
    public void close() {
        closed = true;
        symbols.values().forEach(SymbolFeed::stop);
        shards.forEach(StreamShard::close);
        shards.clear();
        symbols.clear();
    }
}

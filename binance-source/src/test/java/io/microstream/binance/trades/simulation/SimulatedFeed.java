package io.microstream.binance.trades.simulation;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.trades.FeedConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.trades.LiveCounts;
import io.microstream.binance.trades.RestHistory;
import io.microstream.binance.trades.TradeFeed;
import io.microstream.binance.transport.rest.BinanceRest;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.binance.transport.rest.WeightBudget;
import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import io.microstream.market.Trade;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The real feed and the real REST client against the exchange's core, in virtual time, all chance
 * from one seed. What the feed says is held against the golden market as it says it; what it counts
 * is held against what the network saw.
 */
final class SimulatedFeed {

    static final int INBOX = 4 << 20;
    static final FeedConfig CONFIG = FeedConfig.DEFAULT.at(URI.create("ws://exchange"));
    private static final Duration AFTERWARDS = Duration.ofHours(3);

    final GoldenMarket market;
    final SimulatedTime time = new SimulatedTime();
    final SimulatedExchange exchange;
    final SimulatedTransport streams;
    final SimulatedRest rest;
    final GoldenOutput out;
    final Shown shown;
    final FeedConfig config;
    LiveCounts counts = new LiveCounts();

    private final Map<String, FeedStart> starts = new HashMap<>();
    private final SplittableRandom chance;
    private final ConnectBudget connects;
    private final WeightBudget weight = new WeightBudget();
    private BinanceRest client;
    private TradeFeed feed;

    /** What streams have shown, by the network's account. */
    static final class Shown {
        final Map<String, Set<Long>> ids = new HashMap<>();
        private final GoldenOutput out;
        long repeated;

        /** Shown for the first time after they had gone out, for REST had been quicker. */
        long late;

        long malformed;
        private final FrameParser parser = new FrameParser();

        void onMessage(byte[] message) {
            FrameType type = parser.parse(message, 0, message.length);
            if (type == FrameType.AGG_TRADE) {
                Set<Long> known = ids.computeIfAbsent(parser.symbol(), symbol -> new HashSet<>());
                boolean first = known.add(parser.id());
                repeated += first ? 0 : 1;
                late += first && out.isOut(parser.symbol(), parser.id()) ? 1 : 0;
            } else if (type == FrameType.MALFORMED) {
                malformed++;
            }
        }

        Shown(GoldenOutput out) {
            this.out = out;
        }

        boolean has(String symbol, long id) {
            return ids.getOrDefault(symbol, Set.of()).contains(id);
        }
    }

    SimulatedFeed(GoldenMarket market, List<PlannedFault> faults, long seed) {
        this(market, faults, CONFIG, INBOX, seed);
    }

    SimulatedFeed(
            GoldenMarket market,
            List<PlannedFault> faults,
            FeedConfig config,
            int inbox,
            long seed) {
        this.market = market;
        this.config = config;
        this.chance = new SplittableRandom(seed);
        this.exchange = new SimulatedExchange(market, faults, time, seed);
        this.streams = new SimulatedTransport(exchange, time, chance.split(), inbox);
        this.rest = new SimulatedRest(exchange, time, chance.split());
        this.out = new GoldenOutput(market, time);
        this.shown = new Shown(out);
        this.connects = new ConnectBudget(config.streams().connectsPerFiveMinutes());
        streams.tap(shown::onMessage);
    }

    /** Begins a symbol that way, now and whenever it is started before its first trade. */
    void begin(String symbol, FeedStart start) {
        starts.put(symbol, start);
    }

    /**
     * Starts the feed: each symbol behind the last trade it has emitted; without one as configured,
     * else with its first trade.
     */
    SimulatedFeed start() {
        connect();
        for (String symbol : market.symbols()) {
            List<Trade> trades = market.tradesOf(symbol);
            long stopId = trades.get(trades.size() - 1).id();
            Trade last = out.position(symbol).last();
            if (last == null) {
                FeedStart first = FeedStart.atId(trades.get(0).id());
                feed.add(symbol, starts.getOrDefault(symbol, first), stopId);
            } else if (!out.position(symbol).ended) {
                feed.resume(
                        symbol,
                        last.id(),
                        last.lastTradeId(),
                        last.timeUs(),
                        stopId,
                        "while the feed was down");
            }
        }
        return this;
    }

    private void connect() {
        client =
                new BinanceRest(
                        RestConfig.feed(URI.create("http://exchange")),
                        rest,
                        weight,
                        time.client,
                        chance.nextLong(),
                        RestListener.NONE);
        feed =
                new TradeFeed(
                        config,
                        streams,
                        new RestHistory(client, config.kind()),
                        time.client,
                        connects,
                        out,
                        counts,
                        () -> Instant.EPOCH,
                        chance.split());
    }

    /** The feed alone, for tests that add symbols themselves. */
    TradeFeed feed() {
        if (feed == null) {
            connect();
        }
        return feed;
    }

    /** The process dies; what it has emitted is kept, as by a checkpoint. */
    void kill() {
        feed.close();
        client.close();
        streams.die();
    }

    /** Lets the market run out and the feed end. */
    SimulatedFeed finish() {
        Duration most = Duration.ofMinutes(market.minutes()).plus(AFTERWARDS);
        if (!time.passUntil(out::allEnded, most)) {
            throw new AssertionError("The feed has not ended: " + state());
        }
        return this;
    }

    boolean passUntil(BooleanSupplier done, Duration atMost) {
        return time.passUntil(done, atMost);
    }

    /**
     * Trades that went out although no stream had shown them, by the network's account, since each
     * symbol's stream began.
     */
    long neverShown() {
        long never = 0;
        for (String symbol : market.symbols()) {
            List<Trade> trades = market.tradesOf(symbol);
            boolean began = false;
            for (int i = 0; i < Math.max(0, out.position(symbol).next); i++) {
                boolean seen = shown.has(symbol, trades.get(i).id());
                began |= seen;
                never += began && !seen ? 1 : 0;
            }
        }
        return never;
    }

    long withheld() {
        return exchange.injected().stream().mapToLong(InjectedFault::withheld).sum();
    }

    long repeated() {
        return exchange.injected().stream().mapToLong(InjectedFault::repeated).sum();
    }

    /** What must be so after every run. */
    SimulatedFeed verify() {
        for (String symbol : market.symbols()) {
            GoldenOutput.Position at = out.position(symbol);
            if (at.next != at.trades.size()) {
                throw new AssertionError("Trades are missing at the end: symbol=" + symbol);
            }
        }
        require(out.trades == market.rows() - lost() - before(), "every trade once");
        require(out.falseProofs == 0 || !out.proofsMustHold, "no completeness mark was false");
        require(streams.mostAtATime <= 2 * shards(), "at most two connections a shard");
        require(!rest.statuses.containsKey(418) || injectsRefusal(), "never banned");
        require(
                mostConnects() <= config.streams().connectsPerFiveMinutes(),
                "connects within the ration");
        require(counts.deadLetters == shown.malformed, "dead letters are the malformed messages");
        return this;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("Does not hold: " + what + ". " + state());
        }
    }

    long lost() {
        return market.symbols().stream().mapToLong(symbol -> out.position(symbol).lost).sum();
    }

    private int shards() {
        int size = config.streams().streamsPerConnection();
        return (market.symbols().size() + size - 1) / size;
    }

    private long before() {
        return market.symbols().stream().mapToLong(symbol -> out.position(symbol).first).sum();
    }

    /** A ban may also follow a 429: requests that were under way then reach the exchange after. */
    private boolean injectsRefusal() {
        return exchange.injected().stream()
                .map(each -> each.fault())
                .anyMatch(fault -> fault instanceof Fault.Rest rest && isRefusal(rest.trouble()));
    }

    private static boolean isRefusal(Fault.RestTrouble trouble) {
        return trouble == Fault.RestTrouble.BANNED
                || trouble == Fault.RestTrouble.TOO_MANY_REQUESTS
                || trouble == Fault.RestTrouble.TOO_MANY_REQUESTS_WITHOUT_RETRY_AFTER;
    }

    int mostConnects() {
        List<Long> at = streams.attempts;
        int most = 0;
        int from = 0;
        for (int i = 0; i < at.size(); i++) {
            while (at.get(i) - at.get(from) >= Duration.ofMinutes(5).toNanos()) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }

    String state() {
        StringBuilder state = new StringBuilder("row=" + exchange.row() + " of " + market.rows());
        state.append(" seconds=").append(time.nanos() / 1_000_000_000);
        for (String symbol : market.symbols()) {
            GoldenOutput.Position at = out.position(symbol);
            if (!at.ended) {
                state.append(' ').append(symbol).append('=').append(at.next);
                state.append('/').append(at.trades.size());
            }
        }
        return state
                + " connects="
                + counts.connects
                + " repaired="
                + counts.repaired
                + " duplicates="
                + counts.duplicates
                + " stalls="
                + counts.stalls
                + " atATime="
                + streams.mostAtATime
                + " malformed="
                + shown.malformed
                + " deadLetters="
                + counts.deadLetters
                + " statuses="
                + rest.statuses;
    }
}

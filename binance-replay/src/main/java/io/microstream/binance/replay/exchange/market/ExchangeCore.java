package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.binance.replay.exchange.capture.CaptureMarket;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.InjectionLedger;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.binance.replay.exchange.rest.MarketView;
import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.microstream.binance.replay.exchange.rest.RestCall;
import io.microstream.binance.replay.exchange.rest.RestHandler;
import io.microstream.binance.replay.exchange.rest.RestLimits;
import io.microstream.binance.replay.exchange.session.ClientPort;
import io.microstream.binance.replay.exchange.session.Handshake;
import io.microstream.binance.replay.exchange.session.SessionHost;
import io.microstream.binance.replay.exchange.session.SessionRegistry;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;
import io.microstream.binance.replay.exchange.session.StreamSession;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.market.Bar;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The exchange without its sockets: plays a market to its subscribers, answers control messages and
 * REST, and injects planned faults.
 *
 * <p>A row is a trade of any symbol; all symbols' trades are one sequence, by time. Pure: no I/O,
 * no thread, no clock; time is an argument, in nanoseconds that only grow, and chance comes from
 * the seed. One thread calls everything, except {@link #row}, {@link #ended} and {@link #injected},
 * which any thread may.
 *
 * <p>A shell calls {@link #advance} after whatever comes in, and again at the time it returns.
 */
public final class ExchangeCore implements MarketView {

    /**
     * How long a market in lockstep waits for the cure of a silent stream. A client that had the
     * trades from REST already has nothing to cure: then the stream speaks again by itself.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int ROWS_PER_TURN = 1_024;

    private final ExchangeConfig config;
    private final Map<String, SymbolMarket> markets = new LinkedHashMap<>();
    private final ExchangeClock clock = new ExchangeClock();
    private final InjectionLedger ledger = new InjectionLedger();
    private final SessionRegistry sessions;
    private final TradeBroadcast trades;
    private final KlineBroadcast klines;
    private final BookBroadcast books;
    private final RecordedPlay recorded;
    private final MarketTicks ticks;
    private final RowSequence rows;
    private final FaultInjector faults;
    private final RestHandler rest;
    private final MarketDrive drive;

    private LongConsumer journal = row -> {};
    private volatile long row;
    private long waitingRow = -1;
    private long waitingSinceNanos;
    private volatile long heldRow = Long.MAX_VALUE;
    private volatile boolean ended;

    /**
     * @param listings symbols, each once, in the order that decides between equal times
     * @param plan faults and their rows, in any order
     * @throws IllegalArgumentException if a symbol is listed twice, or a fault or an awaited stream
     *     concerns a symbol that is not listed
     */
    public ExchangeCore(
            ExchangeConfig config, List<Listing> listings, List<PlannedFault> plan, long seed) {
        this(config, listings, RecordedPlay.NONE, plan, seed);
    }

    /**
     * Creates an exchange that plays a recorded market: all its symbols, all its streams; trades
     * with the exchange's own event times, all else word for word, klines too. Books are the
     * recorded ones.
     *
     * @throws IllegalArgumentException if a fault or an awaited stream concerns a symbol that was
     *     not recorded
     */
    public static ExchangeCore recorded(
            ExchangeConfig config, CaptureMarket market, List<PlannedFault> plan, long seed) {
        List<Listing> listings =
                market.symbols().stream()
                        .map(
                                symbol ->
                                        Listing.of(symbol, market.trades(symbol).iterator())
                                                .withSteps(
                                                        market.tickSize(symbol),
                                                        market.lotSize(symbol)))
                        .toList();
        return new ExchangeCore(config, listings, RecordedPlay.of(market), plan, seed);
    }

    private ExchangeCore(
            ExchangeConfig config,
            List<Listing> listings,
            RecordedPlay recorded,
            List<PlannedFault> plan,
            long seed) {
        this.config = config;
        this.recorded = recorded;
        for (Listing listing : listings) {
            SymbolMarket market = new SymbolMarket(listing, config.retainedTrades());
            if (markets.put(listing.symbol(), market) != null) {
                throw new IllegalArgumentException("Listed twice: symbol=" + listing.symbol());
            }
        }
        Collection<SymbolMarket> all = markets.values();
        this.sessions = new SessionRegistry(new Host());
        StreamMute mute = new StreamMute();
        this.trades = new TradeBroadcast(clock, new MessageGarbler(seed), mute);
        this.klines = new KlineBroadcast(clock, mute);
        this.books = new BookBroadcast(clock, mute, seed);
        this.ticks = new MarketTicks(clock, markets, klines, books, trades, mute, recorded);
        this.rest =
                new RestHandler(this, RestLimits.binance().atTimeFactor(config.timeFactor()), seed);
        this.drive = MarketDrive.of(config, markets, this::feed, sessions);
        this.faults =
                new FaultInjector(
                        plan,
                        markets,
                        mute,
                        new MarketFaults(clock, rest, ledger),
                        new MessageFaults(trades, ledger),
                        new ConnectionFaults(markets, clock, mute, ledger, drive.waits()));
        this.rows = new RowSequence(List.copyOf(all));
        if (rows.peek() != null) {
            clock.moveTo(rows.peek().timeUs());
        }
    }

    /** Sets what is called with the index of each row once it is played; it must be cheap. */
    public void journal(LongConsumer rowsPlayed) {
        this.journal = rowsPlayed;
    }

    /**
     * Holds the market before a row until a later one is given. Any thread may call it, and must
     * see to it that {@link #advance} is called soon.
     */
    public void holdAt(long heldRow) {
        this.heldRow = heldRow;
    }

    /**
     * Starts further on: rows before {@code startRow} are history. REST has them, no stream carries
     * them, their faults are not injected; ids that restarted, a clock that is off, a status and a
     * tick size stay in force. Before the first {@link #advance} only.
     */
    public void skipTo(long startRow) {
        while (rows.row() < startRow && rows.peek() != null) {
            SymbolMarket market = rows.market();
            faults.skip(rows.row(), market, rows.peek());
            happen(market, market.numbered(rows.peek()));
        }
        if (rows.peek() != null) {
            clock.moveTo(rows.peek().timeUs());
        }
        row = rows.row();
    }

    /**
     * Accepts or refuses a client's WebSocket handshake.
     *
     * @param client its address, for limits
     * @param port how to reach it, if it is accepted
     */
    public Handshake connect(String pathAndQuery, String client, ClientPort port, long nowNanos) {
        return sessions.connect(pathAndQuery, client, port, nowNanos);
    }

    /** Answers a REST request at a time of the exchange. */
    public RestAnswer rest(RestCall call, long nowNanos) {
        return rest.answer(call, nowNanos);
    }

    /**
     * Plays what is due, at most {@value #ROWS_PER_TURN} rows.
     *
     * @return when to call again: {@code nowNanos} if there is more to do at once, {@link
     *     Long#MAX_VALUE} if only something that comes in can move the exchange
     */
    public long advance(long nowNanos) {
        long next = sessions.tick(nowNanos);
        next = Math.min(next, play(nowNanos));
        row = rows.row();
        return Math.max(nowNanos, next);
    }

    private long play(long nowNanos) {
        for (int budget = ROWS_PER_TURN; budget > 0; budget--) {
            Trade trade = rows.peek();
            if (trade == null) {
                finish();
                return Long.MAX_VALUE;
            }
            if (rows.row() >= heldRow) {
                return Long.MAX_VALUE;
            }
            if (!drive.ready(trade.timeUs(), nowNanos)) {
                return waiting(trade, nowNanos);
            }
            SymbolMarket market = rows.market();
            if (faults.due(rows.row(), market)
                    && (!faults.inject(rows.row(), market, trade, nowNanos)
                            || !drive.ready(trade.timeUs(), nowNanos))) {
                return Long.MAX_VALUE;
            }
            ticks.moveTo(trade.timeUs());
            Trade numbered = market.numbered(trade);
            happen(market, numbered);
            trades.happened(market, numbered);
        }
        return nowNanos;
    }

    private void happen(SymbolMarket market, Trade trade) {
        clock.moveTo(trade.timeUs());
        market.pastTrades().append(trade);
        if (!recorded.has(market.klines().name)) {
            klines.happened(market, trade);
        }
        if (recorded.book(market.symbol()) == null) {
            books.happened(market, trade);
        }
        long played = rows.row();
        rows.advance();
        journal.accept(played);
    }

    private long waiting(Trade next, long nowNanos) {
        ticks.moveTo(drive.marketUs(clock.marketUs(), nowNanos));
        if (!drive.waits()) {
            return drive.dueNanos(Math.min(next.timeUs(), ticks.nextUs()));
        }
        if (waitingRow != rows.row()) {
            waitingRow = rows.row();
            waitingSinceNanos = nowNanos;
        } else if (nowNanos - waitingSinceNanos >= PATIENCE.toNanos()) {
            waitingSinceNanos = nowNanos;
            markets.values().forEach(SymbolMarket::unsilence);
        }
        return waitingSinceNanos + PATIENCE.toNanos();
    }

    private void finish() {
        if (ended) {
            return;
        }
        for (SymbolMarket market : markets.values()) {
            if (market.held != null) {
                trades.release(market);
            }
        }
        while (recorded.nextUs() < Long.MAX_VALUE) {
            ticks.moveTo(recorded.nextUs());
        }
        List.copyOf(sessions.sessions()).forEach(StreamSession::endSwap);
        ticks.moveTo(PeriodEnd.after(clock.marketUs(), markets.values()));
        ended = true;
    }

    /** Returns how many rows have been played, as of the last {@link #advance}. Any thread. */
    public long row() {
        return row;
    }

    /** Returns true once the last row has been played. Any thread. */
    public boolean ended() {
        return ended;
    }

    /** Returns what the faults have done so far, in the order of their injection. Any thread. */
    public List<InjectedFault> injected() {
        return ledger.list();
    }

    private StreamFeed feed(StreamName name) {
        SymbolMarket market = markets.get(name.symbol());
        if (market == null || name.kind() == StreamName.Kind.SILENT && !recorded.has(name)) {
            return null;
        }
        return market.feed(name);
    }

    @Override
    public Collection<String> symbols() {
        return markets.keySet();
    }

    @Override
    public PastTrades pastTrades(String symbol) {
        SymbolMarket market = markets.get(symbol);
        return market == null ? null : market.pastTrades();
    }

    @Override
    public List<Bar> history(String symbol) {
        return markets.get(symbol).listing().history();
    }

    @Override
    public BookView book(String symbol) {
        BookView book = recorded.book(symbol);
        return book == null ? books.book(markets.get(symbol)) : book;
    }

    @Override
    public String status(String symbol) {
        return markets.get(symbol).status;
    }

    @Override
    public long tickSize(String symbol) {
        return markets.get(symbol).tickSize;
    }

    @Override
    public long lotSize(String symbol) {
        return markets.get(symbol).listing().lotSize();
    }

    @Override
    public long timeUs() {
        return clock.timeUs();
    }

    @Override
    public long marketTimeUs() {
        return clock.marketUs();
    }

    /** The exchange as its connections see it. */
    private final class Host implements SessionHost {

        @Override
        public StreamFeed feed(StreamName name) {
            return ExchangeCore.this.feed(name);
        }

        @Override
        public void subscribed(StreamSubscription subscription) {
            SymbolMarket market = markets.get(subscription.name.symbol());
            if (subscription.name.carriesTrades()) {
                market.orphanedBy = null;
                if (market.tailOwed > 0) {
                    trades.payTail(market, subscription);
                }
                sessions.giveUpReplaced();
            } else if (!recorded.has(subscription.name) && !market.bookFeeds().isEmpty()) {
                books.book(market);
            }
        }

        @Override
        public void ended(StreamSession session) {
            sessions.ended(session);
            if (session.leavingBy() != null) {
                session.subscriptions().stream()
                        .filter(subscription -> subscription.name.carriesTrades())
                        .filter(subscription -> subscription.feed != null)
                        .map(subscription -> markets.get(subscription.name.symbol()))
                        .filter(market -> !market.carried())
                        .forEach(market -> market.orphanedBy = session.leavingBy());
            }
        }

        @Override
        public boolean waits() {
            return drive.waits();
        }

        @Override
        public long timeUs() {
            return clock.timeUs();
        }

        @Override
        public boolean bareErrors() {
            return config.bareErrors();
        }
    }
}

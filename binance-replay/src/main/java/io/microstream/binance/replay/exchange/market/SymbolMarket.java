package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.book.DepthChange;
import io.microstream.binance.replay.exchange.book.SimulatedBook;
import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.market.Trade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A symbol's trades and streams, and the faults that concern them now. */
final class SymbolMarket {

    private final Listing listing;
    private final PastTrades past;
    private final Map<String, StreamFeed> feeds = new HashMap<>();
    private final List<StreamFeed> bookFeeds = new ArrayList<>();
    private final StreamFeed aggTrades;
    private final StreamFeed singleTrades;
    private final StreamFeed klines;

    private long idShift;
    private long tradeIdShift;

    String status = "TRADING";
    long tickSize;

    /** Faults to be injected at this symbol's next trade that is under none. */
    final Deque<PlannedFault> due = new ArrayDeque<>();

    /** Trades that the streams have carried. */
    final TradeRing carried = new TradeRing();

    /** The outage that withholds this symbol's trades now, or null. */
    Outage outage;

    /** The fault that cost this symbol its subscribers, or null while it has some. */
    Injection orphanedBy;

    /** The trades of a stream that lags, or null while none does. */
    LaggingTrades held;

    /** Open time of the minute that has trades and is not closed; −1 if there is none. */
    long runningMinuteMs = -1;

    /** Returns true if trades came since the kline was sent. */
    boolean klineChanged;

    /** The order book; null until it is first asked for. */
    SimulatedBook book;

    /** Changes of the book since the last whole second; null if there are none. */
    DepthChange slowChange;

    int skipLeft;
    Injection skippedBy;

    /** How many trades the next subscriber gets again. */
    int tailOwed;

    Injection tailOwedBy;

    /** What happens to the message of the very next trade: a garbling or a repetition, or null. */
    Fault damage;

    Injection damagedBy;

    SymbolMarket(Listing listing, int retainedTrades) {
        this.listing = listing;
        this.past = new PastTrades(listing.symbol(), retainedTrades);
        this.tickSize = listing.tickSize();
        String lower = listing.symbol().toLowerCase(Locale.ROOT);
        this.aggTrades = feed(StreamName.read(lower + "@aggTrade"));
        this.singleTrades = feed(StreamName.read(lower + "@trade"));
        this.klines = feed(StreamName.read(lower + "@kline_1m"));
    }

    Listing listing() {
        return listing;
    }

    String symbol() {
        return listing.symbol();
    }

    PastTrades pastTrades() {
        return past;
    }

    StreamFeed aggTrades() {
        return aggTrades;
    }

    StreamFeed singleTrades() {
        return singleTrades;
    }

    StreamFeed klines() {
        return klines;
    }

    /** Returns the stream of that name, made when first asked for. */
    StreamFeed feed(StreamName name) {
        StreamFeed known = feeds.get(name.text());
        return known == null ? open(name) : known;
    }

    private StreamFeed open(StreamName name) {
        StreamFeed feed = new StreamFeed(name);
        feeds.put(name.text(), feed);
        switch (name.kind()) {
            case DEPTH, PARTIAL_DEPTH, BOOK_TICKER -> bookFeeds.add(feed);
            default -> {}
        }
        return feed;
    }

    /** Returns the streams of the order book that a client has asked for. */
    List<StreamFeed> bookFeeds() {
        return bookFeeds;
    }

    /** Returns true if a subscriber can be relied on to receive the trades. */
    boolean carried() {
        return aggTrades.carried() || singleTrades.carried();
    }

    /** Returns true while a fault concerns the trades to come. */
    boolean underFault() {
        return outage != null || skipLeft > 0 || held != null;
    }

    /** Returns the trade as the exchange numbers it. */
    Trade numbered(Trade trade) {
        if (idShift == 0 && tradeIdShift == 0) {
            return trade;
        }
        return new Trade(
                trade.symbol(),
                trade.id() - idShift,
                trade.price(),
                trade.quantity(),
                trade.firstTradeId() - tradeIdShift,
                trade.lastTradeId() - tradeIdShift,
                trade.timeUs(),
                trade.buyerIsMaker());
    }

    /** Lets the next subscriber get the last {@code rows} trades again. */
    void owe(int rows, Injection injection) {
        tailOwed = rows;
        tailOwedBy = injection;
    }

    /** Numbers this trade and those after it from 1. */
    void restartIds(Trade first) {
        idShift = first.id() - 1;
        tradeIdShift = first.firstTradeId() - 1;
        carried.clear();
    }

    /**
     * Resumes the streams that a fault has silenced, except those of a connection without pings.
     */
    void unsilence() {
        for (StreamFeed feed : feeds.values()) {
            feed.subscriptions().stream()
                    .filter(subscription -> !subscription.session.hasStoppedPings())
                    .forEach(StreamSubscription::unsilence);
        }
    }
}

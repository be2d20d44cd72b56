package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.Chance;
import io.microstream.binance.replay.exchange.book.BookLevel;
import io.microstream.binance.replay.exchange.book.DepthChange;
import io.microstream.binance.replay.exchange.book.SimulatedBook;
import io.microstream.binance.replay.exchange.book.TopOfBook;
import io.microstream.binance.replay.exchange.history.PastTrades;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;
import io.microstream.binance.replay.exchange.session.StreamSession;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Trade;
import java.util.List;
import java.util.function.Consumer;

/**
 * Publishes the order books: their changes every 100 ms or every second, the best levels if they
 * changed, and the top whenever it changes. A symbol's book opens with its first subscriber.
 */
final class BookBroadcast {

    private static final int SLOW_MS = 1_000;

    private final ExchangeClock clock;
    private final StreamMute mute;
    private final long seed;
    private final JsonWriter out = new JsonWriter();
    private boolean open;

    BookBroadcast(ExchangeClock clock, StreamMute mute, long seed) {
        this.clock = clock;
        this.mute = mute;
        this.seed = seed;
    }

    /** Returns true once any book is open. */
    boolean isOpen() {
        return open;
    }

    /** Returns the symbol's book, opened if need be; null before the first trade. */
    SimulatedBook book(SymbolMarket market) {
        PastTrades past = market.pastTrades();
        if (market.book == null && past.size() > 0) {
            market.book =
                    new SimulatedBook(
                            market.tickSize,
                            market.listing().lotSize(),
                            past.price(past.size() - 1),
                            Math.floorDiv(clock.marketUs(), 1_000),
                            Chance.seedOf(seed, market.symbol().hashCode()));
            market.book.advance(clock.marketUs());
            open = true;
        }
        return market.book;
    }

    void happened(SymbolMarket market, Trade trade) {
        if (market.book != null) {
            market.book.trade(trade);
            top(market);
        } else if (!market.bookFeeds().isEmpty()) {
            book(market);
        }
    }

    /** Publishes what changed in 100 ms; {@code second} is true at the end of a second. */
    void tick(SymbolMarket market, boolean second) {
        if (market.book == null) {
            return;
        }
        DepthChange change = market.book.flush(clock.marketUs());
        market.slowChange = joined(market.slowChange, change);
        top(market);
        for (StreamFeed feed : market.bookFeeds()) {
            boolean slow = feed.name.periodMs() == SLOW_MS;
            DepthChange news = slow ? market.slowChange : change;
            if (news != null && (second || !slow)) {
                switch (feed.name.kind()) {
                    case DEPTH -> toAll(feed, session -> write(market, news, session));
                    case PARTIAL_DEPTH -> toAll(feed, session -> write(market, feed.name.levels()));
                    default -> {}
                }
            }
        }
        if (second) {
            market.slowChange = null;
        }
    }

    private static DepthChange joined(DepthChange before, DepthChange change) {
        if (before == null || change == null) {
            return before == null ? change : before;
        }
        return before.then(change);
    }

    private void top(SymbolMarket market) {
        for (StreamFeed feed : market.bookFeeds()) {
            if (feed.name.kind() == StreamName.Kind.BOOK_TICKER && !feed.isEmpty()) {
                TopOfBook top = market.book.newTop();
                if (top != null) {
                    toAll(feed, session -> write(market, top));
                }
            }
        }
    }

    private void toAll(StreamFeed feed, Consumer<StreamSession> payload) {
        if (mute.concerns(feed)) {
            return;
        }
        for (StreamSubscription subscriber : List.copyOf(feed.subscriptions())) {
            if (subscriber.receives()) {
                subscriber.open(out);
                payload.accept(subscriber.session);
                subscriber.close(out);
                subscriber.send(out);
            }
        }
    }

    private void write(SymbolMarket market, DepthChange change, StreamSession session) {
        long timeUs = clock.timeUs();
        out.object().put("e", "depthUpdate").put("E", session.micro() ? timeUs : timeUs / 1_000);
        out.put("s", market.symbol());
        out.put("U", change.firstUpdateId()).put("u", change.lastUpdateId());
        levels("b", change.bids());
        levels("a", change.asks());
        out.end();
    }

    private void levels(String name, List<BookLevel> levels) {
        out.name(name).array();
        levels.forEach(level -> level(level.price(), level.quantity()));
        out.end();
    }

    private void level(long price, long quantity) {
        out.array().addDecimal(price).addDecimal(quantity).end();
    }

    private void write(SymbolMarket market, int levels) {
        out.object().put("lastUpdateId", market.book.lastUpdateId()).name("bids").array();
        market.book.levels(true, levels, this::level);
        out.end().name("asks").array();
        market.book.levels(false, levels, this::level);
        out.end().end();
    }

    private void write(SymbolMarket market, TopOfBook top) {
        out.object().put("u", top.updateId()).put("s", market.symbol());
        out.putDecimal("b", top.bidPrice()).putDecimal("B", top.bidQuantity());
        out.putDecimal("a", top.askPrice()).putDecimal("A", top.askQuantity()).end();
    }
}

package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.capture.CaptureMarket;
import io.microstream.binance.replay.exchange.capture.RecordedBook;
import io.microstream.binance.replay.exchange.capture.RecordedFrame;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays what was recorded besides trades, word for word, at the recorder's time; and the recorded
 * books along with it.
 */
final class RecordedPlay {

    /** The play of a market that was not recorded. */
    static final RecordedPlay NONE =
            new RecordedPlay(Set.of(), List.<RecordedFrame>of().iterator());

    private final Set<String> streams;
    private final Iterator<RecordedFrame> frames;
    private final Map<String, RecordedBook> books = new HashMap<>();
    private final JsonWriter out = new JsonWriter();
    private RecordedFrame next;

    private RecordedPlay(Set<String> streams, Iterator<RecordedFrame> frames) {
        this.streams = streams;
        this.frames = frames;
        pull();
    }

    static RecordedPlay of(CaptureMarket market) {
        Set<String> streams = new HashSet<>();
        for (String text : market.streams()) {
            StreamName name = StreamName.read(text);
            if (name != null && !name.carriesTrades()) {
                streams.add(text);
            }
        }
        RecordedPlay play =
                new RecordedPlay(
                        streams,
                        market.frames()
                                .filter(frame -> streams.contains(frame.stream()))
                                .iterator());
        for (String symbol : market.symbols()) {
            RecordedBook book = market.book(symbol);
            if (book != null) {
                play.books.put(symbol, book);
            }
        }
        return play;
    }

    /** Returns true if a stream of that name was recorded and is played from there. */
    boolean has(StreamName name) {
        return streams.contains(name.text());
    }

    /** Returns the recorded book; null if there is none. */
    RecordedBook book(String symbol) {
        return books.get(symbol);
    }

    /** Returns the market time of the next frame; {@link Long#MAX_VALUE} after the last. */
    long nextUs() {
        return next == null ? Long.MAX_VALUE : next.timeUs();
    }

    /** Publishes the next frame and takes it. */
    void play(Map<String, SymbolMarket> markets, StreamMute muted) {
        SymbolMarket market = markets.get(next.symbol());
        if (market != null) {
            StreamFeed feed = market.feed(StreamName.read(next.stream()));
            if (!muted.concerns(feed)) {
                send(feed);
            }
            if (books.containsKey(next.symbol())) {
                books.get(next.symbol()).played(next);
            }
        }
        pull();
    }

    private void send(StreamFeed feed) {
        for (StreamSubscription subscriber : List.copyOf(feed.subscriptions())) {
            if (subscriber.receives()) {
                subscriber.open(out).raw(next.payload());
                subscriber.close(out);
                subscriber.send(out);
            }
        }
    }

    private void pull() {
        next = frames.hasNext() ? frames.next() : null;
    }
}

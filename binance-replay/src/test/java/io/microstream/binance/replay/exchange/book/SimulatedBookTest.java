package io.microstream.binance.replay.exchange.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedBookTest {

    private static final long START_US = 1_700_000_000_000_000L;
    private static final long TICK = 1_000_000;
    private static final long LOT = 1_000;
    private static final long PRICE = 61_837_63L * TICK;

    /** A random market: trades at random prices with jumps, a flush each 100 ms. */
    private static final class Market {
        final Random random;
        final SimulatedBook book;
        final List<DepthChange> events = new ArrayList<>();
        final List<BookLevels> bookAt = new ArrayList<>();
        final long tick;
        long price;
        long timeUs = START_US;
        long id;
        Trade last;

        Market(long seed, long tick, long price) {
            this.random = new Random(seed);
            this.tick = tick;
            this.price = price;
            this.book = new SimulatedBook(tick, LOT, price, 90_000_000_000L, seed);
        }

        void trade() {
            int jump = random.nextInt(20) == 0 ? 2000 : 5;
            price = Math.max(tick, price + (random.nextInt(2 * jump + 1) - jump) * tick);
            last =
                    new Trade(
                            "X",
                            id,
                            price,
                            random.nextInt(50) * LOT,
                            id,
                            id++,
                            timeUs,
                            random.nextBoolean());
            book.trade(last);
        }

        void flush() {
            timeUs += 100_000;
            DepthChange change = book.flush(timeUs);
            if (change != null) {
                events.add(change);
                bookAt.add(new BookLevels(book));
            }
        }

        void step() {
            for (int trades = random.nextInt(4); trades > 0; trades--) {
                trade();
            }
            flush();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aBookRebuiltByTheDocumentedProcedureIsTheBookAtEveryUpdate(long seed) {
        Market market = new Market(seed, TICK, PRICE);
        List<DocumentedBook> clients = new ArrayList<>();
        List<DocumentedBook> waiting = new ArrayList<>();
        int stale = 0;
        int straddling = 0;
        int atBorder = 0;
        for (int step = 0; step < 400; step++) {
            if (step % 10 == 0) {
                waiting.add(new DocumentedBook());
            }
            int events = market.events.size();
            int trades = market.random.nextInt(4);
            for (int trade = 0; trade <= trades; trade++) {
                if (market.random.nextInt(3) == 0 && !waiting.isEmpty()) {
                    DocumentedBook client = waiting.get(0);
                    BookView view = market.book.ago(market.random.nextInt(3) * 7);
                    if (client.snapshot(view)) {
                        clients.add(waiting.remove(0));
                        if (view.lastUpdateId() == last(market).lastUpdateId()) {
                            atBorder++;
                        } else {
                            straddling++;
                        }
                    } else {
                        stale++;
                    }
                }
                if (trade < trades) {
                    market.trade();
                }
            }
            market.flush();
            for (DepthChange event : market.events.subList(events, market.events.size())) {
                clients.forEach(client -> client.event(event));
                waiting.forEach(client -> client.event(event));
                BookLevels truth = market.bookAt.get(market.bookAt.size() - 1);
                for (DocumentedBook client : clients) {
                    assertThat(client.id).isEqualTo(truth.lastUpdateId());
                    assertThat(client.bids).isEqualTo(side(truth, true));
                    assertThat(client.asks).isEqualTo(side(truth, false));
                }
            }
        }
        assertThat(clients).hasSizeGreaterThan(30);
        assertThat(new int[] {stale, straddling, atBorder}).doesNotContain(0);
    }

    @Test
    void updateIdsAreContiguousAndChangesAreSortedAndTrue() {
        Market market = new Market(3, TICK, PRICE);
        long next = market.book.lastUpdateId() + 1;
        for (int step = 0; step < 3000; step++) {
            market.step();
        }
        int oneSided = 0;
        int deletes = 0;
        for (int i = 0; i < market.events.size(); i++) {
            DepthChange event = market.events.get(i);
            assertThat(event.firstUpdateId()).isEqualTo(next);
            assertThat(event.lastUpdateId()).isGreaterThanOrEqualTo(next);
            next = event.lastUpdateId() + 1;
            assertThat(event.bids())
                    .isSortedAccordingTo(Comparator.comparingLong(BookLevel::price).reversed())
                    .doesNotHaveDuplicates();
            assertThat(event.asks())
                    .isSortedAccordingTo(Comparator.comparingLong(BookLevel::price))
                    .doesNotHaveDuplicates();
            BookLevels truth = market.bookAt.get(i);
            event.bids()
                    .forEach(l -> assertThat(truth.at(true, l.price())).isEqualTo(l.quantity()));
            event.asks()
                    .forEach(l -> assertThat(truth.at(false, l.price())).isEqualTo(l.quantity()));
            oneSided += event.bids().isEmpty() || event.asks().isEmpty() ? 1 : 0;
            deletes += (int) event.bids().stream().filter(level -> level.quantity() == 0).count();
        }
        assertThat(next).isEqualTo(market.book.lastUpdateId() + 1);
        assertThat(oneSided).isBetween(20, 1000);
        assertThat(deletes).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {PRICE, 80 * 100 * TICK, 40 * TICK, TICK})
    void theTopFitsTheTradesAndIsNeverCrossed(long price) {
        Market market = new Market(price, TICK, price);
        for (int i = 0; i < 20_000; i++) {
            market.timeUs += market.random.nextInt(60_000);
            market.trade();
            TopOfBook top = market.book.top();
            if (market.last.buyerIsMaker()) {
                assertThat(top.bidPrice()).isLessThanOrEqualTo(market.price);
                assertThat(top.askPrice()).isGreaterThan(market.price);
            } else {
                assertThat(top.bidPrice()).isLessThan(market.price);
                assertThat(top.askPrice()).isGreaterThanOrEqualTo(market.price);
            }
            assertThat(top.askPrice() - market.price).isLessThanOrEqualTo(3 * TICK);
            assertThat(market.price - top.bidPrice()).isLessThanOrEqualTo(3 * TICK);
            assertThat(top.bidPrice() == 0).isEqualTo(top.bidQuantity() == 0);
            if (market.price > 3 * TICK) {
                assertThat(top.bidPrice()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {PRICE, 40 * TICK, TICK})
    void memoryIsBoundedAndLevelsLieOnTickAndLot(long price) {
        Market market = new Market(5, TICK, price);
        int most = 0;
        int fewest = Integer.MAX_VALUE;
        for (int step = 0; step < 20_000; step++) {
            market.step();
            market.events.clear();
            market.bookAt.clear();
            most = Math.max(most, market.book.levels(true, 5000, (p, q) -> {}));
            fewest = Math.min(fewest, market.book.levels(false, 5000, (p, q) -> {}));
        }
        assertThat(most).isBetween(price == PRICE ? 100 : 3, 200);
        assertThat(fewest).isGreaterThanOrEqualTo(20);
        market.book.levels(
                false,
                5000,
                (p, q) -> {
                    assertThat(p % TICK).isZero();
                    assertThat(q % LOT).isZero();
                    assertThat(q).isPositive();
                });
    }

    @Test
    void theTickerSpeaksWheneverTheTopChangesAndOnlyThen() {
        Market market = new Market(8, TICK, PRICE);
        TopOfBook shown = market.book.newTop();
        assertThat(shown).isEqualTo(market.book.top());
        int changes = 0;
        for (int i = 0; i < 5000; i++) {
            market.timeUs += 20_000;
            if (i % 7 == 0) {
                market.trade();
            } else {
                market.book.advance(market.timeUs);
            }
            TopOfBook top = market.book.top();
            TopOfBook news = market.book.newTop();
            if (top.looksLike(shown)) {
                assertThat(news).isNull();
            } else {
                assertThat(news).isEqualTo(top);
                shown = news;
                changes++;
            }
        }
        assertThat(changes).isBetween(700, 4000);
    }

    @Test
    void theBookOfAgoIsTheBookThatWas() {
        Market market = new Market(9, TICK, PRICE);
        List<BookLevels> past = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            past.add(new BookLevels(market.book));
            market.timeUs += 30_000;
            market.trade();
        }
        int seen = 0;
        for (BookLevels then : past) {
            long updates = market.book.lastUpdateId() - then.lastUpdateId();
            BookView shown = market.book.ago((int) updates);
            assertThat(shown.lastUpdateId()).isEqualTo(then.lastUpdateId());
            if (updates <= 1024) {
                assertThat(side(shown, true)).isEqualTo(side(then, true));
                assertThat(side(shown, false)).isEqualTo(side(then, false));
                seen++;
            }
        }
        assertThat(seen).isBetween(20, 299);
    }

    @Test
    void tenChangesJoinedAreOneChangeToTheSameBook() {
        Market market = new Market(10, TICK, PRICE);
        BookLevels slow = new BookLevels(market.book);
        for (int second = 0; second < 100; second++) {
            int from = market.events.size();
            for (int i = 0; i < 10; i++) {
                market.step();
            }
            List<DepthChange> tenth = market.events.subList(from, market.events.size());
            DepthChange joined = tenth.stream().reduce(DepthChange::then).orElseThrow();
            assertThat(joined.firstUpdateId()).isEqualTo(slow.lastUpdateId() + 1);
            slow.apply(joined);
            assertThat(slow.lastUpdateId()).isEqualTo(market.book.lastUpdateId());
            assertThat(side(slow, true)).isEqualTo(side(market.book, true));
            assertThat(side(slow, false)).isEqualTo(side(market.book, false));
        }
        assertThatThrownBy(() -> market.events.get(0).then(market.events.get(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Depth changes do not join: u=");
    }

    @Test
    void equalSeedsMakeEqualBooksAndOthersDoNot() {
        Market one = new Market(11, TICK, PRICE);
        Market two = new Market(11, TICK, PRICE);
        for (int i = 0; i < 200; i++) {
            one.step();
            two.step();
        }
        assertThat(two.events).isEqualTo(one.events);
        SimulatedBook other = new SimulatedBook(TICK, LOT, PRICE, 90_000_000_000L, 12);
        assertThat(side(other, true)).isNotEqualTo(side(new Market(11, TICK, PRICE).book, true));
    }

    @Test
    void nothingIsPublishedWhereNothingChangedAndTimeDoesNotRunBack() {
        SimulatedBook book = new SimulatedBook(TICK, LOT, PRICE, 0, 1);
        assertThat(book.flush(START_US)).isNull();
        assertThat(book.flush(START_US + 99_999)).isNull();
        assertThat(book.flush(START_US + 3_600_000_000L)).isNotNull();
        assertThat(book.flush(START_US)).isNull();
    }

    @Test
    void aBookWithoutTickLotOrPriceIsRefused() {
        assertThatThrownBy(() -> new SimulatedBook(0, LOT, PRICE, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tickSize=0 lotSize=1000");
    }

    private static DepthChange last(Market market) {
        return market.events.get(market.events.size() - 1);
    }

    private static TreeMap<Long, Long> side(BookView book, boolean bids) {
        TreeMap<Long, Long> levels = new TreeMap<>();
        book.levels(bids, 5000, levels::put);
        return levels;
    }
}

package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.book.BookView;
import io.microstream.market.Decimal8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookStreamTest {

    private static final Pattern UPDATE =
            Pattern.compile(
                    "\\{\"e\":\"depthUpdate\",\"E\":(\\d+),\"s\":\"BTCUSDT\",\"U\":(\\d+),\"u\":(\\d+),"
                            + "\"b\":(\\[.*\\]),\"a\":(\\[.*\\])}");
    private static final Pattern SNAPSHOT =
            Pattern.compile("\\{\"lastUpdateId\":(\\d+),\"bids\":(\\[.*\\]),\"asks\":(\\[.*\\])}");
    private static final Pattern LEVEL = Pattern.compile("\\[\"([0-9.]+)\",\"([0-9.]+)\"]");
    private static final Pattern TICKER =
            Pattern.compile(
                    "\\{\"u\":(\\d+),\"s\":\"BTCUSDT\",\"b\":\"([0-9.]+)\",\"B\":\"([0-9.]+)\","
                            + "\"a\":\"([0-9.]+)\",\"A\":\"([0-9.]+)\"}");

    /** A client's book by the documented procedure. */
    private static final class Book {
        private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        private final TreeMap<Long, Long> asks = new TreeMap<>();
        private long id;

        Book(String snapshot) {
            Matcher parts = SNAPSHOT.matcher(snapshot);
            assertThat(parts.matches()).as(snapshot).isTrue();
            id = Long.parseLong(parts.group(1));
            set(bids, parts.group(2));
            set(asks, parts.group(3));
        }

        void apply(Matcher update) {
            long first = Long.parseLong(update.group(2));
            long last = Long.parseLong(update.group(3));
            if (last < id) {
                return;
            }
            assertThat(first).isLessThanOrEqualTo(id + 1);
            set(bids, update.group(4));
            set(asks, update.group(5));
            id = last;
        }

        private static void set(TreeMap<Long, Long> side, String levels) {
            Matcher level = LEVEL.matcher(levels);
            while (level.find()) {
                long quantity = units(level.group(2));
                if (quantity == 0) {
                    side.remove(units(level.group(1)));
                } else {
                    side.put(units(level.group(1)), quantity);
                }
            }
        }

        List<String> levels(boolean bid, int limit) {
            return (bid ? bids : asks)
                    .entrySet().stream()
                            .limit(limit)
                            .map(level -> level.getKey() + " " + level.getValue())
                            .toList();
        }
    }

    private static long units(String decimal) {
        byte[] ascii = decimal.getBytes(US_ASCII);
        return Decimal8.parse(ascii, 0, ascii.length);
    }

    private static List<String> levels(BookView book, boolean bids) {
        List<String> levels = new ArrayList<>();
        book.levels(bids, 5_000, (price, quantity) -> levels.add(price + " " + quantity));
        return levels;
    }

    private static Exchange exchange() {
        return new Exchange(
                ExchangeConfig.paced(1), List.of(Market.listing("BTCUSDT", 1_000, 37_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth@100ms", "depth"})
    void bookRebuiltFromSnapshotAndChangesEqualsTheExchanges(String stream) {
        Exchange exchange = exchange();
        Exchange.Client client = exchange.connect("/ws/btcusdt@" + stream);
        exchange.pass(5);
        Book book = new Book(exchange.rest("/api/v3/depth", "symbol", "BTCUSDT", "limit", "5000"));
        exchange.pass(30);

        long period = stream.equals("depth") ? 1_000 : 100;
        long last = -1;
        for (String text : client.port.texts) {
            Matcher update = UPDATE.matcher(text);
            assertThat(update.matches()).as(text).isTrue();
            assertThat(Long.parseLong(update.group(1)) % period).isZero();
            if (last >= 0) {
                assertThat(Long.parseLong(update.group(2))).isEqualTo(last + 1);
            }
            last = Long.parseLong(update.group(3));
            book.apply(update);
        }
        assertThat(client.port.texts).hasSizeGreaterThan(stream.equals("depth") ? 25 : 250);
        BookView truth = exchange.core.book("BTCUSDT");
        assertThat(book.id).isEqualTo(truth.lastUpdateId());
        assertThat(book.levels(true, 5_000)).isEqualTo(levels(truth, true));
        assertThat(book.levels(false, 5_000)).isEqualTo(levels(truth, false));
    }

    @Test
    void bestLevelsAndTopAgreeWithTheBookOfTheSameUpdateId() {
        Exchange exchange = exchange();
        Exchange.Client depth = exchange.connect("/ws/btcusdt@depth@100ms");
        Exchange.Client best = exchange.connect("/ws/btcusdt@depth5@100ms");
        Exchange.Client top = exchange.connect("/ws/btcusdt@bookTicker");
        exchange.pass(5);
        Book book = new Book(exchange.rest("/api/v3/depth", "symbol", "BTCUSDT", "limit", "5000"));
        List.of(depth, best, top).forEach(client -> client.port.texts.clear());
        exchange.pass(10);

        assertThat(best.port.texts).hasSameSizeAs(depth.port.texts).hasSizeGreaterThan(90);
        for (int i = 0; i < best.port.texts.size(); i++) {
            Matcher update = UPDATE.matcher(depth.port.texts.get(i));
            assertThat(update.matches()).isTrue();
            book.apply(update);
            Book five = new Book(best.port.texts.get(i));
            assertThat(five.id).isEqualTo(book.id);
            assertThat(five.levels(true, 9)).isEqualTo(book.levels(true, 5));
            assertThat(five.levels(false, 9)).isEqualTo(book.levels(false, 5));
            for (String text : top.port.texts) {
                Matcher ticker = TICKER.matcher(text);
                assertThat(ticker.matches()).as(text).isTrue();
                if (Long.parseLong(ticker.group(1)) == book.id) {
                    assertThat(units(ticker.group(2)) + " " + units(ticker.group(3)))
                            .isEqualTo(book.levels(true, 1).get(0));
                    assertThat(units(ticker.group(4)) + " " + units(ticker.group(5)))
                            .isEqualTo(book.levels(false, 1).get(0));
                }
            }
        }
        assertThat(top.port.texts).hasSizeGreaterThan(50);
    }

    @Test
    void booksInLockstepAreTheSameInEveryRun() {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Exchange exchange =
                    new Exchange(
                            ExchangeConfig.lockstep(Set.of("btcusdt@depth", "btcusdt@bookTicker")),
                            List.of(Market.listing("BTCUSDT", 1_000, 37_000)));
            Exchange.Client client =
                    exchange.connect("/stream?streams=btcusdt@depth/btcusdt@bookTicker");
            exchange.play();
            runs.add(client.port.texts);
        }
        assertThat(runs.get(0)).hasSizeGreaterThan(200).isEqualTo(runs.get(1));
    }
}

package io.microstream.binance.source.live;

import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.BinanceSourceBuilder;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Trades that are known in advance, and an exchange on loopback that plays them. In lockstep it
 * waits for its listeners; what waits of a test fits into the inbox of a connection.
 */
final class PlayedMarket implements AutoCloseable {

    /** 2026-01-01T00:00:00Z. */
    static final long START_US = 1_767_225_600_000_000L;

    /** How much faster than in real life the rules in seconds run. */
    static final double HASTE = 10;

    private static final List<String> NAMES =
            List.of("BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "XRPUSDT");

    private final Map<String, List<Trade>> tradesBySymbol = new LinkedHashMap<>();
    private final Monitor row = new Monitor();
    private LoopbackExchange exchange;

    /** Some symbols with so many trades each, a quarter of a second apart. */
    static PlayedMarket of(int symbols, int tradesEach) {
        PlayedMarket market = new PlayedMarket();
        for (int i = 0; i < symbols; i++) {
            market.tradesBySymbol.put(
                    NAMES.get(i), tradesOf(NAMES.get(i), 1001 * (i + 1), tradesEach));
        }
        return market;
    }

    /** One symbol with these trades. */
    static PlayedMarket of(List<Trade> trades) {
        PlayedMarket market = new PlayedMarket();
        market.tradesBySymbol.put(trades.get(0).symbol(), trades);
        return market;
    }

    static List<Trade> tradesOf(String symbol, long firstId, int count) {
        SplittableRandom chance = new SplittableRandom(symbol.hashCode());
        List<Trade> trades = new ArrayList<>();
        long single = 10 * firstId;
        for (int i = 0; i < count; i++) {
            long last = single + chance.nextLong(3);
            trades.add(
                    new Trade(
                            symbol,
                            firstId + i,
                            1_000_000L * (10_000 + chance.nextLong(1_000)),
                            1_000L * (1 + chance.nextLong(100_000)),
                            single,
                            last,
                            START_US + i * 250_000L + chance.nextLong(250_000),
                            chance.nextBoolean()));
            single = last + 1;
        }
        return trades;
    }

    List<String> symbols() {
        return List.copyOf(tradesBySymbol.keySet());
    }

    List<Trade> tradesOf(String symbol) {
        return tradesBySymbol.get(symbol);
    }

    int rows() {
        return tradesBySymbol.values().stream().mapToInt(List::size).sum();
    }

    /** All trades by symbol. */
    Map<String, List<Trade>> golden() {
        return tradesBySymbol;
    }

    /** How many trades of a symbol lie before a row of the whole. */
    int before(String symbol, long rows) {
        List<Trade> all = new ArrayList<>();
        tradesBySymbol.values().forEach(all::addAll);
        List<String> order = symbols();
        all.sort(
                java.util.Comparator.comparingLong(Trade::timeUs)
                        .thenComparingInt(trade -> order.indexOf(trade.symbol())));
        return (int)
                all.stream().limit(rows).filter(trade -> trade.symbol().equals(symbol)).count();
    }

    /** A market that waits for a listener of each symbol. */
    ExchangeConfig lockstep() {
        Set<String> awaited =
                tradesBySymbol.keySet().stream()
                        .map(symbol -> symbol.toLowerCase(Locale.ROOT) + "@aggTrade")
                        .collect(Collectors.toSet());
        return ExchangeConfig.lockstep(awaited).withTimeFactor(HASTE);
    }

    /** A market that moves on up to where it is held, whoever listens. */
    static ExchangeConfig unawaited() {
        return ExchangeConfig.lockstep(Set.of()).withTimeFactor(HASTE);
    }

    /** Begins to play; rows before {@code startRow} are history. */
    LoopbackExchange play(ExchangeConfig config, List<PlannedFault> faults, long startRow) {
        long endUs =
                tradesBySymbol.values().stream()
                        .mapToLong(trades -> trades.get(trades.size() - 1).timeUs())
                        .max()
                        .orElseThrow();
        long endOfMinuteUs = (endUs / 60_000_000 + 1) * 60_000_000;
        List<Listing> listings =
                tradesBySymbol.entrySet().stream()
                        .map(each -> Listing.of(each.getKey(), each.getValue().iterator()))
                        .map(listing -> listing.withPeriodEnd(endOfMinuteUs))
                        .toList();
        exchange =
                LoopbackExchange.start(
                        config, listings, faults, 7, startRow, played -> row.set(played + 1));
        return exchange;
    }

    LoopbackExchange exchange() {
        return exchange;
    }

    /** Waits until so many rows have been played. */
    void awaitRow(long played) throws InterruptedException {
        row.await(played);
    }

    LiveConfig client() {
        return LiveConfig.at(exchange.streamUri(), exchange.restUri(), StreamKind.AGG_TRADE)
                .faster(HASTE);
    }

    Map<String, Long> lastIds() {
        Map<String, Long> last = new HashMap<>();
        tradesBySymbol.forEach(
                (symbol, trades) -> last.put(symbol, trades.get(trades.size() - 1).id()));
        return last;
    }

    /** All symbols from their first trade to their last. */
    BinanceSource whole(LiveConfig client) {
        BinanceSourceBuilder source = BinanceSource.builder().live(client).until(lastIds());
        tradesBySymbol.forEach(
                (symbol, trades) -> source.startFrom(symbol, FeedStart.atId(trades.get(0).id())));
        return source.build();
    }

    BinanceSource whole() {
        return whole(client());
    }

    @Override
    public void close() {
        if (exchange != null) {
            exchange.close();
        }
    }
}

package io.microstream.benchmarks.live;

import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An exchange in a process of its own, as the real one is. It says on its output where it is, and
 * reads from its input up to which row its market may go on; it ends with its input.
 */
public final class ExchangeProcess {

    /** Start of the simulated market, 2026-01-01T00:00Z, in milliseconds since the epoch. */
    private static final long START_US = 1_767_225_600_000_000L;

    private ExchangeProcess() {}

    /**
     * @param args {@code lockstep} or {@code paced}; trades a second of market time, of all symbols
     *     together; rows that are history already; trades of a symbol that REST remembers; symbols
     */
    public static void main(String[] args) throws IOException {
        double perSecond = Double.parseDouble(args[1]);
        List<String> symbols = List.of(args).subList(4, args.length);
        List<Listing> listings = new ArrayList<>();
        for (String symbol : symbols) {
            SteadyTrades trades =
                    new SteadyTrades(
                            symbol, perSecond / symbols.size(), START_US, symbol.hashCode());
            listings.add(Listing.of(symbol, trades));
        }
        ExchangeConfig config =
                (args[0].equals("lockstep")
                                ? ExchangeConfig.lockstep(streams(symbols))
                                : ExchangeConfig.paced(1))
                        .withRetainedTrades(Integer.parseInt(args[3]));
        try (LoopbackExchange exchange =
                LoopbackExchange.start(
                        config, listings, List.of(), 1, Long.parseLong(args[2]), row -> {})) {
            System.out.println(exchange.streamUri());
            System.out.println(exchange.restUri());
            obey(exchange);
        }
    }

    private static Set<String> streams(List<String> symbols) {
        return symbols.stream()
                .map(symbol -> symbol.toLowerCase(java.util.Locale.ROOT) + "@aggTrade")
                .collect(Collectors.toSet());
    }

    private static void obey(LoopbackExchange exchange) throws IOException {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String row = orders.readLine(); row != null; row = orders.readLine()) {
            exchange.holdAt(Long.parseLong(row));
        }
    }
}

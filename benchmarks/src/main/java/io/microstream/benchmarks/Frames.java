package io.microstream.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Frames of combined streams as Binance sends them, field by field and in its order. */
final class Frames {

    private static final int LEVELS = 10;

    private Frames() {}

    static byte[][] aggTrades(int count) {
        return each(count, Frames::aggTrade);
    }

    static byte[][] trades(int count) {
        return each(count, Frames::trade);
    }

    /** Ten levels a side, a third of them deleted. */
    static byte[][] depthUpdates(int count) {
        Random random = new Random(1);
        return each(count, trade -> depthUpdate(trade, random));
    }

    private static byte[][] each(int count, Function<Trade, String> frame) {
        return Arrays.stream(Simulation.trades(count))
                .map(frame)
                .map(text -> text.getBytes(US_ASCII))
                .toArray(byte[][]::new);
    }

    private static String aggTrade(Trade t) {
        return """
                {"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":%d,"s":"BTCUSDT","a":%d,"p":"%s",\
                "q":"%s","f":%d,"l":%d,"T":%d,"m":%b,"M":true}}"""
                .formatted(
                        t.timeUs() / 1000 + 1,
                        t.id(),
                        decimal(t.price()),
                        decimal(t.quantity()),
                        t.firstTradeId(),
                        t.lastTradeId(),
                        t.timeUs() / 1000,
                        t.buyerIsMaker());
    }

    private static String trade(Trade t) {
        return """
                {"stream":"btcusdt@trade","data":{"e":"trade","E":%d,"s":"BTCUSDT","t":%d,"p":"%s",\
                "q":"%s","T":%d,"m":%b,"M":true}}"""
                .formatted(
                        t.timeUs() / 1000 + 1,
                        t.id(),
                        decimal(t.price()),
                        decimal(t.quantity()),
                        t.timeUs() / 1000,
                        t.buyerIsMaker());
    }

    private static String depthUpdate(Trade t, Random random) {
        return """
                {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":%d,"s":"BTCUSDT","U":%d,\
                "u":%d,"b":%s,"a":%s}}"""
                .formatted(
                        t.timeUs() / 1000,
                        50_000_000_000L + 10 * t.id(),
                        50_000_000_009L + 10 * t.id(),
                        levels(t, -1, random),
                        levels(t, 1, random));
    }

    private static String levels(Trade t, int side, Random random) {
        StringBuilder levels = new StringBuilder("[");
        for (int i = 1; i <= LEVELS; i++) {
            long price = t.price() + side * i * Decimal8.ONE / 100;
            long quantity = random.nextInt(3) == 0 ? 0 : random.nextInt(500_000) * 1000L;
            levels.append(i == 1 ? "" : ",");
            levels.append("[\"%s\",\"%s\"]".formatted(decimal(price), decimal(quantity)));
        }
        return levels.append(']').toString();
    }

    static String decimal(long units) {
        return "%d.%08d".formatted(units / Decimal8.ONE, units % Decimal8.ONE);
    }
}

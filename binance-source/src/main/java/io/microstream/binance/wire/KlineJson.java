package io.microstream.binance.wire;

import io.microstream.market.Bar;
import io.microstream.market.Decimal8;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of REST's {@code klines} of one minute, the one in progress included. */
public final class KlineJson {

    private static final long MINUTE_US = 60_000_000;

    private KlineJson() {}

    public static List<Bar> read(JsonReader json, String symbol) throws IOException {
        List<Bar> bars = new ArrayList<>();
        json.array(() -> bars.add(row(json, symbol)));
        return bars;
    }

    private static Bar row(JsonReader json, String symbol) throws IOException {
        json.requireArray();
        json.next();
        long openTimeUs = json.micros();
        BigDecimal open = price(json);
        BigDecimal high = price(json);
        BigDecimal low = price(json);
        BigDecimal close = price(json);
        json.next();
        BigDecimal volume = json.quantity();
        json.next();
        long closeTime = json.natural();
        json.next();
        BigDecimal quoteVolume = json.quantity();
        json.next();
        long tradeCount = json.natural();
        json.next();
        BigDecimal takerBuyVolume = json.quantity();
        json.next();
        BigDecimal takerBuyQuoteVolume = json.quantity();
        json.skipRest();
        requireMinute(json, openTimeUs, closeTime);
        if (low.compareTo(open.min(close)) > 0 || high.compareTo(open.max(close)) < 0) {
            throw json.unreadable("open or close lies outside low and high");
        }
        return new Bar(
                symbol,
                openTimeUs / 1_000,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                tradeCount,
                -1,
                -1,
                true,
                true,
                0);
    }

    private static BigDecimal price(JsonReader json) throws IOException {
        json.next();
        return Decimal8.toBigDecimal(json.price());
    }

    private static void requireMinute(JsonReader json, long openTimeUs, long closeTime)
            throws IOException {
        long last = BinanceTime.isMicros(closeTime) ? 1 : 1_000;
        long length = BinanceTime.toMicros(closeTime) + last - openTimeUs;
        if (openTimeUs % MINUTE_US != 0 || length != MINUTE_US) {
            throw json.unreadable("not a minute: openTimeUs=" + openTimeUs);
        }
    }
}

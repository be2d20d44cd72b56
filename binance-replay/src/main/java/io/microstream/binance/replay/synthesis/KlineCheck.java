package io.microstream.binance.replay.synthesis;

import io.microstream.market.Bar;
import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.time.Instant;

/** Refuses klines that no trades can have. */
final class KlineCheck {

    private static final BigDecimal LARGEST_PRICE = Decimal8.toBigDecimal(Long.MAX_VALUE);

    private KlineCheck() {}

    /**
     * Refuses a kline that cannot follow, or that no trades can have.
     *
     * @throws IllegalArgumentException saying why, in one line
     */
    static void check(Bar kline, String symbol, long newestOpenTimeMs) {
        if (!kline.symbol().equals(symbol)) {
            throw refused(kline, "it is of another symbol than " + symbol);
        }
        if (kline.openTimeMs() <= newestOpenTimeMs) {
            throw refused(
                    kline,
                    "it does not open after the one before, "
                            + Instant.ofEpochMilli(newestOpenTimeMs));
        }
        if (Math.floorMod(kline.openTimeMs(), Bar.MINUTE_MS) != 0) {
            throw refused(kline, "it does not open on a minute");
        }
        checkPrices(kline);
        if (kline.volume().signum() == 0 && kline.high().compareTo(kline.low()) != 0) {
            throw refused(kline, "its prices differ but its volume is 0");
        }
    }

    private static void checkPrices(Bar kline) {
        BigDecimal bodyLow = kline.open().min(kline.close());
        BigDecimal bodyHigh = kline.open().max(kline.close());
        if (kline.low().compareTo(bodyLow) > 0 || kline.high().compareTo(bodyHigh) < 0) {
            throw refused(kline, "open or close lies outside low…high");
        }
        if (kline.low().signum() <= 0 || kline.high().compareTo(LARGEST_PRICE) > 0) {
            throw refused(kline, "a price is not above 0 and at most " + LARGEST_PRICE);
        }
    }

    static IllegalArgumentException refused(Bar kline, String why) {
        return new IllegalArgumentException(
                "Kline refused: "
                        + why
                        + ". symbol="
                        + kline.symbol()
                        + " openTime="
                        + Instant.ofEpochMilli(kline.openTimeMs())
                        + " open="
                        + kline.open().toPlainString()
                        + " high="
                        + kline.high().toPlainString()
                        + " low="
                        + kline.low().toPlainString()
                        + " close="
                        + kline.close().toPlainString()
                        + " volume="
                        + kline.volume().toPlainString()
                        + ". Check the kline file.");
    }
}

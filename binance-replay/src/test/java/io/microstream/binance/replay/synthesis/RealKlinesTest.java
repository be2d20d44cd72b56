package io.microstream.binance.replay.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Bar;
import io.microstream.market.Trade;
import io.microstream.testing.SharedData;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealKlinesTest {

    @ParameterizedTest(name = "bars of the trades equal {0} from {1} to {2}")
    @CsvSource({
        "BTCUSDT, 2024-08-04, 2024-08-07",
        "ETHUSDT, 2024-08-04, 2024-08-07",
        "BTCUSDT, 2025-03-03, 2025-03-05",
        "BTCUSDT, 2025-04-07, 2025-04-08"
    })
    void barsOfTheTradesEqualTheKlines(String symbol, LocalDate from, LocalDate to)
            throws IOException {
        String month = from.toString().substring(0, 7);
        List<Bar> klines = new ArrayList<>();
        for (Bar bar :
                read("klines/" + symbol + "/1m/" + symbol + "-1m-" + month + ".zip", symbol)) {
            LocalDate day =
                    LocalDate.ofInstant(Instant.ofEpochMilli(bar.openTimeMs()), ZoneOffset.UTC);
            if (!day.isBefore(from) && day.isBefore(to)) {
                klines.add(bar);
            }
        }
        assertThat(klines).hasSize((int) (to.toEpochDay() - from.toEpochDay()) * 1440);

        Iterator<Trade> trades = new KlineSynthesizer(symbol, 1, 60).trades(klines.iterator());
        TreeMap<Long, List<Trade>> minutes = NaiveBars.minutes(trades);
        assertThat(minutes).hasSameSizeAs(klines);
        long rows = 0;
        for (Bar kline : klines) {
            List<Trade> minute = minutes.get(kline.openTimeMs());
            assertThat(NaiveBars.ohlcv(minute)).isEqualTo(NaiveBars.ohlcv(kline));
            assertThat(minute).allMatch(trade -> trade.price() % 1_000_000 == 0);
            rows += minute.size();
        }
        assertThat(rows / (double) klines.size()).isBetween(45.0, 80.0);
    }

    @Test
    void twelveColumnKlinesKeepTradeCountAndTakerBuyVolume() throws IOException {
        List<Bar> klines = read("klines-native/BTCUSDT-1m-2020-01-01.zip", "BTCUSDT");
        assertThat(klines).hasSize(1440);
        Iterator<Trade> trades = new KlineSynthesizer("BTCUSDT", 1, 80).trades(klines.iterator());
        TreeMap<Long, List<Trade>> minutes = NaiveBars.minutes(trades);
        for (Bar kline : klines) {
            List<Trade> minute = minutes.get(kline.openTimeMs());
            assertThat(NaiveBars.ohlcv(minute)).isEqualTo(NaiveBars.ohlcv(kline));
            assertThat(NaiveBars.singleTrades(minute)).isEqualTo(kline.tradeCount());
            assertThat(NaiveBars.takerBuyVolume(minute))
                    .isEqualByComparingTo(kline.takerBuyVolume());
        }
    }

    private static List<Bar> read(String path, String symbol) throws IOException {
        return Klines.read(SharedData.require("data/" + path), symbol);
    }
}

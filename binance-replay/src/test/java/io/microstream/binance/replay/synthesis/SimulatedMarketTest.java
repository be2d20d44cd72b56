package io.microstream.binance.replay.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.microstream.binance.replay.dump.DumpFormat;
import io.microstream.binance.replay.dump.KlineDump;
import io.microstream.market.Bar;
import io.microstream.market.Regime;
import io.microstream.market.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedMarketTest {

    private static final long START = 1_704_067_200_000L;
    private static final int LONG = 400_000;

    @TempDir Path folder;

    @Test
    void regimesLastAndOccurAsDefined() {
        List<SimulatedMinute> minutes = minutes("BTCUSDT", LONG, 1);
        double[] share = new double[3];
        double[] runs = new double[3];
        for (int i = 0; i < minutes.size(); i++) {
            int regime = minutes.get(i).regime().ordinal();
            share[regime]++;
            if (i == 0 || minutes.get(i - 1).regime().ordinal() != regime) {
                runs[regime]++;
            }
        }
        assertThat(share[0] / runs[0]).isCloseTo(200, within(16.0));
        assertThat(share[1] / runs[1]).isCloseTo(67, within(5.5));
        assertThat(share[2] / runs[2]).isCloseTo(33, within(3.0));
        assertThat(share[0] / LONG).isCloseTo(200 / 300.0, within(0.03));
        assertThat(share[1] / LONG).isCloseTo(67 / 300.0, within(0.03));
        assertThat(share[2] / LONG).isCloseTo(33 / 300.0, within(0.02));
    }

    @Test
    void volatilityRangeAndVolumeFollowTheRegime() {
        double[] squares = new double[3];
        double[] parkinson = new double[3];
        double[] volume = new double[3];
        double[] count = new double[3];
        for (SimulatedMinute minute : minutes("BTCUSDT", LONG, 2)) {
            Bar bar = minute.bar();
            int regime = minute.regime().ordinal();
            double move = Math.log(bar.close().doubleValue() / bar.open().doubleValue());
            double range = Math.log(bar.high().doubleValue() / bar.low().doubleValue());
            squares[regime] += move * move;
            parkinson[regime] += range * range / (4 * Math.log(2));
            volume[regime] += bar.volume().doubleValue();
            count[regime]++;
        }
        double[] sigma = {2e-4, 6e-4, 2e-3};
        double[] times = {1, 2, 5};
        for (int regime = 0; regime < 3; regime++) {
            assertThat(Math.sqrt(squares[regime] / count[regime]) / sigma[regime])
                    .isCloseTo(1, within(0.015));
            assertThat(Math.sqrt(parkinson[regime] / count[regime]) / sigma[regime])
                    .isCloseTo(1, within(0.05));
            double mean = 10 * times[regime] * Math.exp(0.3 * 0.3 / 2);
            assertThat(volume[regime] / count[regime] / mean).isCloseTo(1, within(0.01));
        }
    }

    @Test
    void barsAreConnectedConsistentAndOnTheirSteps() {
        List<SimulatedMinute> minutes = minutes("ANYUSDT", 20_000, 3);
        for (int i = 0; i < minutes.size(); i++) {
            Bar bar = minutes.get(i).bar();
            assertThat(bar.openTimeMs()).isEqualTo(START + 60_000L * i);
            assertThat(bar.high()).isGreaterThanOrEqualTo(bar.open().max(bar.close()));
            assertThat(bar.low()).isLessThanOrEqualTo(bar.open().min(bar.close())).isPositive();
            assertThat(bar.open().scale()).isEqualTo(2);
            assertThat(bar.volume().scale()).isEqualTo(5);
            assertThat(bar.volume()).isPositive();
            if (i > 0) {
                assertThat(bar.open()).isEqualTo(minutes.get(i - 1).bar().close());
            }
        }
    }

    @Test
    void sameSeedSameMarketAndALongerOneBeginsWithTheShorter() {
        List<SimulatedMinute> market = minutes("BTCUSDT", 2_000, 5);
        assertThat(minutes("BTCUSDT", 2_000, 5)).isEqualTo(market);
        assertThat(minutes("BTCUSDT", 3_000, 5).subList(0, 2_000)).isEqualTo(market);
        assertThat(minutes("BTCUSDT", 2_000, 6)).isNotEqualTo(market);
        assertThat(regimes(minutes("ETHUSDT", 2_000, 5))).isNotEqualTo(regimes(market));
        assertThat(market.get(0).bar().open()).isEqualTo("60000.00");
    }

    @Test
    void tradesMakeTheBars() {
        SimulatedMarket market = market(List.of("BTCUSDT"), 1_000, 1);
        List<Bar> bars = new ArrayList<>();
        market.bars("BTCUSDT").forEachRemaining(bars::add);
        Iterator<Trade> trades = market.synthesizer("BTCUSDT", 50).trades(bars.iterator());
        TreeMap<Long, List<Trade>> minutes = NaiveBars.minutes(trades);
        assertThat(minutes).hasSize(1_000);
        for (Bar bar : bars) {
            assertThat(NaiveBars.ohlcv(minutes.get(bar.openTimeMs())))
                    .isEqualTo(NaiveBars.ohlcv(bar));
        }
    }

    @Test
    void historyIsWrittenAsKlineDumps() throws IOException {
        SimulatedMarket market = market(List.of("BTCUSDT", "ETHUSDT"), 2_000, 1);
        assertThat(market.writeKlines(folder.resolve("six"), DumpFormat.MONTHLY))
                .containsExactly(
                        folder.resolve("six/BTCUSDT-1m-2024-01.zip"),
                        folder.resolve("six/ETHUSDT-1m-2024-01.zip"));
        List<Bar> bars = new ArrayList<>();
        market.bars("ETHUSDT").forEachRemaining(bars::add);
        List<Bar> six = Klines.read(folder.resolve("six/ETHUSDT-1m-2024-01.zip"), "ETHUSDT");
        assertThat(six.stream().map(NaiveBars::ohlcv).toList())
                .isEqualTo(bars.stream().map(NaiveBars::ohlcv).toList());

        market.writeKlines(folder.resolve("twelve"), DumpFormat.DAILY, 30);
        Path secondDay = folder.resolve("twelve/ETHUSDT-1m-2024-01-02.zip");
        List<Bar> twelve = Klines.read(secondDay, "ETHUSDT");
        assertThat(twelve.stream().map(NaiveBars::ohlcv).toList())
                .isEqualTo(bars.subList(1_440, 2_000).stream().map(NaiveBars::ohlcv).toList());
        assertThat(twelve).allMatch(bar -> bar.tradeCount() >= 4);
    }

    @Test
    void twelveColumnRowsAreAsBinanceWritesThem() throws IOException {
        Bar six = Klines.kline("ETHUSDT", START, "10", "11", "9", "10.5", "100.25", "60.5", 33);
        Bar bar = new KlineSynthesizer("ETHUSDT", 1, 10).completed(List.of(six).iterator()).next();
        try (KlineDump dump = new KlineDump(folder, "ETHUSDT", DumpFormat.DAILY.plain(), true)) {
            dump.write(List.of(bar).iterator());
        }
        try (KlineDump dump = new KlineDump(folder, "ETHUSDT", DumpFormat.DAILY.plain(), true)) {
            assertThatThrownBy(() -> dump.bar(six))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "Bar knows six columns, twelve are to be written: symbol=ETHUSDT");
        }
        String quote = bar.quoteVolume().setScale(8).toPlainString();
        String takerQuote = bar.takerBuyQuoteVolume().setScale(8).toPlainString();
        assertThat(folder.resolve("ETHUSDT-1m-2024-01-01.csv"))
                .hasContent(
                        "1704067200000,10.00000000,11.00000000,9.00000000,10.50000000,100.25000000,"
                                + "1704067259999,"
                                + quote
                                + ",33,60.50000000,"
                                + takerQuote
                                + ",0\n");
    }

    @Test
    void tradesAndTrueStatesAreWritten() throws IOException {
        SimulatedMarket market = market(List.of("BTCUSDT", "ETHUSDT"), 300, 1);
        assertThat(market.writeTrades(folder, DumpFormat.DAILY, 20))
                .containsExactly(
                        folder.resolve("BTCUSDT-aggTrades-2024-01-01.zip"),
                        folder.resolve("ETHUSDT-aggTrades-2024-01-01.zip"));
        List<String> lines = Files.readAllLines(market.writeStates(folder));
        assertThat(lines).hasSize(601).startsWith("symbol,open_time_ms,regime");
        assertThat(lines.get(1)).isEqualTo("BTCUSDT,1704067200000,STABLE_LIQUIDITY");
        List<SimulatedMinute> minutes = minutes("ETHUSDT", 300, 1);
        assertThat(lines.get(600)).isEqualTo("ETHUSDT,1704085140000," + minutes.get(299).regime());
    }

    @Test
    void impossibleMarketsAreRefused() {
        assertThatThrownBy(() -> market(List.of(), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("symbols=[] startMs=1704067200000 minutes=1");
        assertThatThrownBy(() -> market(List.of("A"), 1, 1).minutes("B"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Symbol is not in the simulated market: symbol=B symbols=[A]");
    }

    private static List<Regime> regimes(List<SimulatedMinute> minutes) {
        return minutes.stream().map(SimulatedMinute::regime).toList();
    }

    private static SimulatedMarket market(List<String> symbols, int minutes, long seed) {
        return new SimulatedMarket(symbols, START, minutes, seed);
    }

    private static List<SimulatedMinute> minutes(String symbol, int count, long seed) {
        List<SimulatedMinute> minutes = new ArrayList<>();
        market(List.of(symbol), count, seed).minutes(symbol).forEachRemaining(minutes::add);
        return minutes;
    }
}

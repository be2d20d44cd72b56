package io.microstream.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BarBuilderTest {

    private static final String SYMBOL = "BTCUSDT";
    private static final long MINUTE = Bars.START_MS;

    @Test
    void barsEqualTheNaiveOnesInAnyOrderOfArrival() {
        for (long seed = 0; seed < 300; seed++) {
            List<Trade> trades = randomTrades(seed);
            Bar expected = naive(trades);
            assertThat(built(trades).toBar(SYMBOL, MINUTE)).isEqualTo(expected);
            Collections.shuffle(trades, new Random(~seed));
            assertThat(built(trades).toBar(SYMBOL, MINUTE)).isEqualTo(expected);
        }
    }

    @Test
    void anySplitMergesIntoTheWhole() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Trade> trades = randomTrades(seed);
            Bar expected = naive(trades);
            List<BarBuilder> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                parts.add(new BarBuilder());
            }
            for (Trade trade : trades) {
                parts.get(random.nextInt(random.nextInt(4) + 1)).add(trade);
            }
            Collections.shuffle(parts, random);
            BarBuilder whole = new BarBuilder();
            parts.forEach(whole::merge);
            assertThat(whole.toBar(SYMBOL, MINUTE)).isEqualTo(expected);
            assertThat(whole.rows).isEqualTo(trades.size());
        }
    }

    @Test
    void aMinuteOfTenToThePower13BaseUnitsIsExact() {
        List<Trade> trades = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            trades.add(trade(i, i, i, "0.00000852", "50000000000.00000001", false));
        }
        Bar bar = built(trades).toBar(SYMBOL, MINUTE);
        assertThat(bar.volume()).isEqualTo("10000000000000.00000200");
        assertThat(bar.quoteVolume()).isEqualTo("85200000.00000000001704");
        assertThat(bar.takerBuyVolume()).isEqualTo(bar.volume());
    }

    @Test
    void anAggregateIdThatOccursTwiceAtADayBorderIsOrderedBySingleTrade() {
        Trade last = trade(12027555, 20090669, 20090669, "7", "1", false);
        Trade first = trade(12027555, 20090670, 20090671, "9", "1", false);
        for (List<Trade> order : List.of(List.of(last, first), List.of(first, last))) {
            Bar bar = built(order).toBar(SYMBOL, MINUTE);
            assertThat(bar.open()).isEqualTo("7.00000000");
            assertThat(bar.close()).isEqualTo("9.00000000");
            assertThat(bar.tradeCount()).isEqualTo(3);
            assertThat(bar.firstTradeId()).isEqualTo(20090669);
            assertThat(bar.lastTradeId()).isEqualTo(20090671);
        }
    }

    @Test
    void takerSidesAreKeptApart() {
        Trade bought = trade(1, 1, 1, "2", "3", false);
        Trade sold = trade(2, 2, 2, "5", "7", true);
        Bar bar = built(List.of(bought, sold)).toBar(SYMBOL, MINUTE);
        assertThat(bar.volume()).isEqualByComparingTo("10");
        assertThat(bar.quoteVolume()).isEqualByComparingTo("41");
        assertThat(bar.takerBuyVolume()).isEqualByComparingTo("3");
        assertThat(bar.takerBuyQuoteVolume()).isEqualByComparingTo("6");
    }

    @Test
    void incompletenessIsInheritedAndRevisionIsShown() {
        BarBuilder whole = built(List.of(trade(1)));
        assertThat(whole.toBar(SYMBOL, MINUTE).complete()).isTrue();
        BarBuilder broken = new BarBuilder();
        broken.incomplete = true;
        assertThat(broken.isEmpty()).isTrue();
        whole.merge(broken);
        whole.revision = 2;
        Bar bar = whole.toBar(SYMBOL, MINUTE);
        assertThat(bar.complete()).isFalse();
        assertThat(bar.revision()).isEqualTo(2);
        assertThat(bar.isFinal()).isTrue();
    }

    private static BarBuilder built(List<Trade> trades) {
        BarBuilder builder = new BarBuilder();
        trades.forEach(builder::add);
        return builder;
    }

    static Trade trade(long id) {
        return trade(id, id, id, "100", "1", false);
    }

    private static Trade trade(
            long id, long first, long last, String price, String quantity, boolean sold) {
        return new Trade(
                SYMBOL,
                id,
                Decimal8.of(new BigDecimal(price)),
                Decimal8.of(new BigDecimal(quantity)),
                first,
                last,
                MINUTE * 1000,
                sold);
    }

    private static List<Trade> randomTrades(long seed) {
        Random random = new Random(seed);
        List<Trade> trades = new ArrayList<>();
        long single = random.nextInt(1_000);
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            long last = single + random.nextInt(4);
            String price =
                    BigDecimal.valueOf(1 + random.nextInt(1_000), random.nextInt(9))
                            .toPlainString();
            String quantity =
                    BigDecimal.valueOf(random.nextLong() >>> (1 + random.nextInt(60)), 8)
                            .toPlainString();
            trades.add(trade(100 + i, single, last, price, quantity, !random.nextBoolean()));
            single = last + 1;
        }
        return trades;
    }

    private static Bar naive(List<Trade> trades) {
        List<Trade> sorted = new ArrayList<>(trades);
        sorted.sort(Comparator.comparingLong(Trade::id));
        BigDecimal high = null;
        BigDecimal low = null;
        BigDecimal volume = BigDecimal.ZERO.setScale(8);
        BigDecimal quoteVolume = BigDecimal.ZERO.setScale(16);
        BigDecimal bought = volume;
        BigDecimal boughtQuote = quoteVolume;
        long count = 0;
        for (Trade trade : sorted) {
            BigDecimal price = new BigDecimal(trade.price()).movePointLeft(8);
            BigDecimal quantity = new BigDecimal(trade.quantity()).movePointLeft(8);
            high = high == null ? price : high.max(price);
            low = low == null ? price : low.min(price);
            volume = volume.add(quantity);
            quoteVolume = quoteVolume.add(price.multiply(quantity));
            if (!trade.buyerIsMaker()) {
                bought = bought.add(quantity);
                boughtQuote = boughtQuote.add(price.multiply(quantity));
            }
            count += trade.lastTradeId() - trade.firstTradeId() + 1;
        }
        Trade first = sorted.get(0);
        Trade last = sorted.get(sorted.size() - 1);
        return new Bar(
                SYMBOL,
                MINUTE,
                new BigDecimal(first.price()).movePointLeft(8),
                high,
                low,
                new BigDecimal(last.price()).movePointLeft(8),
                volume,
                eightPlacesOrMore(quoteVolume),
                bought,
                eightPlacesOrMore(boughtQuote),
                count,
                first.firstTradeId(),
                last.lastTradeId(),
                true,
                true,
                0);
    }

    private static BigDecimal eightPlacesOrMore(BigDecimal exact) {
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.setScale(Math.max(8, stripped.scale()));
    }

    @Test
    void theNewestReceiptIsKeptWhateverTheOrder() {
        BarBuilder one = new BarBuilder();
        BarBuilder other = new BarBuilder();
        one.add(trade(1).receivedAt(30));
        one.add(trade(2).receivedAt(20));
        other.add(trade(3).receivedAt(50));
        other.add(trade(4));
        assertThat(one.toBar("BTCUSDT", 0).receivedAtMs()).isEqualTo(30);
        one.merge(other);
        assertThat(one.toBar("BTCUSDT", 0).receivedAtMs()).isEqualTo(50);
        assertThat(one.toBar("BTCUSDT", 0).withRevision(2).receivedAtMs()).isEqualTo(50);
    }

    @Test
    void aRunningMinuteGivesABarThatIsNeitherFinalNorCompleteAndElseTheSame() {
        BarBuilder builder = new BarBuilder();
        builder.add(trade(1).receivedAt(30));
        Bar provisional = builder.toProvisionalBar("BTCUSDT", 60_000);
        Bar closed = builder.toBar("BTCUSDT", 60_000);
        assertThat(provisional.isFinal()).isFalse();
        assertThat(provisional.complete()).isFalse();
        assertThat(provisional.revision()).isEqualTo(Bar.PROVISIONAL).isEqualTo(-2);
        assertThat(provisional.receivedAtMs()).isEqualTo(30);
        assertThat(closed.isFinal()).isTrue();
        assertThat(provisional)
                .usingRecursiveComparison()
                .ignoringFields("isFinal", "complete", "revision")
                .isEqualTo(closed);
    }
}

package io.microstream.binance.replay.exchange.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.Chance;
import io.microstream.market.BarBuilder;
import io.microstream.market.Trade;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastTradesTest {

    private static final String BTC = "BTCUSDT";

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_095, 4_096, 4_097, 9_000, 30_000})
    void remembersTheNewestTradesAsTheyWere(int retained) {
        List<Trade> all = RandomTrades.of(BTC, 20_000, 1);
        PastTrades past = pastTrades(all, retained);
        List<Trade> kept = all.subList(Math.max(0, all.size() - retained), all.size());
        assertThat(past.size()).isEqualTo(kept.size());
        assertThat(past.appended()).isEqualTo(20_000);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(past.trade(i)).isEqualTo(kept.get(i));
        }
        assertThat(past.firstId()).isEqualTo(kept.get(0).id());
        assertThat(past.lastId()).isEqualTo(all.get(19_999).id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 5_000, 20_000})
    void searchesFindWhatAScanFinds(int retained) {
        List<Trade> all = RandomTrades.of(BTC, 12_000, 2);
        PastTrades past = pastTrades(all, retained);
        List<Trade> kept = all.subList(Math.max(0, all.size() - retained), all.size());
        Chance chance = new Chance(3);
        for (int i = 0; i < 400; i++) {
            Trade near = kept.get((int) chance.below(kept.size()));
            long id = near.id() + chance.below(5) - 2;
            long tradeId = near.firstTradeId() + chance.below(9) - 4;
            long timeUs = near.timeUs() + chance.below(7) - 3;
            assertThat(past.firstFromId(id)).isEqualTo(first(kept, t -> t.id() >= id));
            assertThat(past.firstFromTradeId(tradeId))
                    .isEqualTo(first(kept, t -> t.lastTradeId() >= tradeId));
            assertThat(past.firstAtOrAfter(timeUs))
                    .isEqualTo(first(kept, t -> t.timeUs() >= timeUs));
            assertThat(past.lastAtOrBefore(timeUs))
                    .isEqualTo(last(kept, t -> t.timeUs() <= timeUs));
        }
    }

    @Test
    void searchesBeyondTheEndsFindNothing() {
        PastTrades past = pastTrades(RandomTrades.of(BTC, 10_000, 4), 9_000);
        assertThat(past.firstFromId(0)).isZero();
        assertThat(past.firstFromId(Long.MAX_VALUE)).isEqualTo(9_000);
        assertThat(past.firstAtOrAfter(Long.MIN_VALUE)).isZero();
        assertThat(past.firstAtOrAfter(Long.MAX_VALUE)).isEqualTo(9_000);
        assertThat(past.lastAtOrBefore(Long.MIN_VALUE)).isEqualTo(-1);
        assertThat(past.lastAtOrBefore(0)).isEqualTo(-1);
        assertThat(past.lastAtOrBefore(Long.MAX_VALUE)).isEqualTo(8_999);
    }

    @Test
    void noTradesHaveNoIds() {
        PastTrades past = new PastTrades(BTC, 10);
        assertThat(past.firstId()).isEqualTo(-1);
        assertThat(past.lastId()).isEqualTo(-1);
        assertThat(past.firstFromId(1)).isZero();
        assertThat(past.firstAtOrAfter(1)).isZero();
        assertThat(past.lastAtOrBefore(1)).isEqualTo(-1);
        assertThatThrownBy(() -> past.id(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void idsThatRestartForgetEverythingBefore() {
        PastTrades past = pastTrades(RandomTrades.of(BTC, 5_000, 5), 10_000);
        long laterUs = RandomTrades.START_US + 86_400_000_000L;
        past.append(1, 700, 8, 1, 1, laterUs, true);
        past.append(2, 900, 8, 2, 4, laterUs + 1, false);
        assertThat(past.size()).isEqualTo(2);
        assertThat(past.resets()).isEqualTo(1);
        assertThat(past.appended()).isEqualTo(5_002);
        assertThat(past.firstId()).isEqualTo(1);
        assertThat(past.firstFromId(1_000)).isEqualTo(2);
        assertThat(past.lastAtOrBefore(RandomTrades.START_US)).isEqualTo(-1);
        assertThat(past.bars().firstMs()).isEqualTo(laterUs / 1_000);
        assertThat(past.bars().builder(laterUs / 1_000).tradeCount).isEqualTo(4);
    }

    @Test
    void barsOutliveTheTradesThatMadeThem() {
        List<Trade> all = RandomTrades.of(BTC, 3_000, 6);
        PastTrades past = pastTrades(all, 1);
        long singles = all.stream().mapToLong(Trade::tradeCount).sum();
        long counted = 0;
        for (long ms = past.bars().firstMs(); ms <= past.bars().lastMs(); ms += 60_000) {
            BarBuilder minute = past.bars().builder(ms);
            counted += minute == null ? 0 : minute.tradeCount;
        }
        assertThat(counted).isEqualTo(singles);
    }

    @Test
    void aMinuteWithoutTradesHasNoBar() {
        PastTrades past = new PastTrades(BTC, 10);
        past.append(1, 300_000_000, 100_000_000, 1, 2, 60_000_000L, true);
        past.append(2, 400_000_000, 100_000_000, 3, 3, 240_000_000L, true);
        assertThat(past.bars().builder(120_000)).isNull();
        assertThat(past.bars().builderAtOrBefore(180_000).close).isEqualTo(300_000_000);
        assertThat(past.bars().builderAtOrBefore(59_999)).isNull();
        assertThat(past.bars().lastBefore(240_000)).isEqualTo(60_000);
        assertThat(past.bars().forgetful()).isFalse();
    }

    @Test
    void barsOfMoreThanAMonthAreForgotten() {
        PastTrades past = new PastTrades(BTC, 1);
        for (long i = 0; i <= MinuteBars.RETAINED_MINUTES; i++) {
            past.append(i, 1, 1, i, i, i * 60_000_000, true);
        }
        assertThat(past.bars().forgetful()).isTrue();
        assertThat(past.bars().firstMs()).isEqualTo(60_000);
    }

    @Test
    void refusesToRememberNothing() {
        assertThatThrownBy(() -> new PastTrades(BTC, 0)).hasMessageContaining("retained=0");
    }

    private static PastTrades pastTrades(List<Trade> trades, int retained) {
        PastTrades past = new PastTrades(BTC, retained);
        trades.forEach(past::append);
        return past;
    }

    private static int first(List<Trade> trades, Predicate<Trade> wanted) {
        int index = 0;
        while (index < trades.size() && !wanted.test(trades.get(index))) {
            index++;
        }
        return index;
    }

    private static int last(List<Trade> trades, Predicate<Trade> wanted) {
        int index = trades.size() - 1;
        while (index >= 0 && !wanted.test(trades.get(index))) {
            index--;
        }
        return index;
    }
}

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
        PastTrades tape = tapeOf(all, retained);
        List<Trade> kept = all.subList(Math.max(0, all.size() - retained), all.size());
        assertThat(tape.size()).isEqualTo(kept.size());
        assertThat(tape.appended()).isEqualTo(20_000);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(tape.trade(i)).isEqualTo(kept.get(i));
        }
        assertThat(tape.firstId()).isEqualTo(kept.get(0).id());
        assertThat(tape.lastId()).isEqualTo(all.get(19_999).id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 5_000, 20_000})
    void searchesFindWhatAScanFinds(int retained) {
        List<Trade> all = RandomTrades.of(BTC, 12_000, 2);
        PastTrades tape = tapeOf(all, retained);
        List<Trade> kept = all.subList(Math.max(0, all.size() - retained), all.size());
        Chance chance = new Chance(3);
        for (int i = 0; i < 400; i++) {
            Trade near = kept.get((int) chance.below(kept.size()));
            long id = near.id() + chance.below(5) - 2;
            long tradeId = near.firstTradeId() + chance.below(9) - 4;
            long timeUs = near.timeUs() + chance.below(7) - 3;
            assertThat(tape.firstFromId(id)).isEqualTo(first(kept, t -> t.id() >= id));
            assertThat(tape.firstFromTradeId(tradeId))
                    .isEqualTo(first(kept, t -> t.lastTradeId() >= tradeId));
            assertThat(tape.firstAtOrAfter(timeUs))
                    .isEqualTo(first(kept, t -> t.timeUs() >= timeUs));
            assertThat(tape.lastAtOrBefore(timeUs))
                    .isEqualTo(last(kept, t -> t.timeUs() <= timeUs));
        }
    }

    @Test
    void searchesBeyondTheEndsFindNothing() {
        PastTrades tape = tapeOf(RandomTrades.of(BTC, 10_000, 4), 9_000);
        assertThat(tape.firstFromId(0)).isZero();
        assertThat(tape.firstFromId(Long.MAX_VALUE)).isEqualTo(9_000);
        assertThat(tape.firstAtOrAfter(Long.MIN_VALUE)).isZero();
        assertThat(tape.firstAtOrAfter(Long.MAX_VALUE)).isEqualTo(9_000);
        assertThat(tape.lastAtOrBefore(Long.MIN_VALUE)).isEqualTo(-1);
        assertThat(tape.lastAtOrBefore(0)).isEqualTo(-1);
        assertThat(tape.lastAtOrBefore(Long.MAX_VALUE)).isEqualTo(8_999);
    }

    @Test
    void anEmptyTapeHasNoIds() {
        PastTrades tape = new PastTrades(BTC, 10);
        assertThat(tape.firstId()).isEqualTo(-1);
        assertThat(tape.lastId()).isEqualTo(-1);
        assertThat(tape.firstFromId(1)).isZero();
        assertThat(tape.firstAtOrAfter(1)).isZero();
        assertThat(tape.lastAtOrBefore(1)).isEqualTo(-1);
        assertThatThrownBy(() -> tape.id(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void idsThatRestartForgetEverythingBefore() {
        PastTrades tape = tapeOf(RandomTrades.of(BTC, 5_000, 5), 10_000);
        long laterUs = RandomTrades.START_US + 86_400_000_000L;
        tape.append(1, 700, 8, 1, 1, laterUs, true);
        tape.append(2, 900, 8, 2, 4, laterUs + 1, false);
        assertThat(tape.size()).isEqualTo(2);
        assertThat(tape.resets()).isEqualTo(1);
        assertThat(tape.appended()).isEqualTo(5_002);
        assertThat(tape.firstId()).isEqualTo(1);
        assertThat(tape.firstFromId(1_000)).isEqualTo(2);
        assertThat(tape.lastAtOrBefore(RandomTrades.START_US)).isEqualTo(-1);
        assertThat(tape.bars().firstMs()).isEqualTo(laterUs / 1_000);
        assertThat(tape.bars().builder(laterUs / 1_000).tradeCount).isEqualTo(4);
    }

    @Test
    void barsOutliveTheTradesThatMadeThem() {
        List<Trade> all = RandomTrades.of(BTC, 3_000, 6);
        PastTrades tape = tapeOf(all, 1);
        long singles = all.stream().mapToLong(Trade::tradeCount).sum();
        long counted = 0;
        for (long ms = tape.bars().firstMs(); ms <= tape.bars().lastMs(); ms += 60_000) {
            BarBuilder minute = tape.bars().builder(ms);
            counted += minute == null ? 0 : minute.tradeCount;
        }
        assertThat(counted).isEqualTo(singles);
    }

    @Test
    void aMinuteWithoutTradesHasNoBar() {
        PastTrades tape = new PastTrades(BTC, 10);
        tape.append(1, 300_000_000, 100_000_000, 1, 2, 60_000_000L, true);
        tape.append(2, 400_000_000, 100_000_000, 3, 3, 240_000_000L, true);
        assertThat(tape.bars().builder(120_000)).isNull();
        assertThat(tape.bars().builderAtOrBefore(180_000).close).isEqualTo(300_000_000);
        assertThat(tape.bars().builderAtOrBefore(59_999)).isNull();
        assertThat(tape.bars().lastBefore(240_000)).isEqualTo(60_000);
        assertThat(tape.bars().forgetful()).isFalse();
    }

    @Test
    void barsOfMoreThanAMonthAreForgotten() {
        PastTrades tape = new PastTrades(BTC, 1);
        for (long i = 0; i <= MinuteBars.RETAINED_MINUTES; i++) {
            tape.append(i, 1, 1, i, i, i * 60_000_000, true);
        }
        assertThat(tape.bars().forgetful()).isTrue();
        assertThat(tape.bars().firstMs()).isEqualTo(60_000);
    }

    @Test
    void refusesToRememberNothing() {
        assertThatThrownBy(() -> new PastTrades(BTC, 0)).hasMessageContaining("retained=0");
    }

    private static PastTrades tapeOf(List<Trade> trades, int retained) {
        PastTrades tape = new PastTrades(BTC, retained);
        trades.forEach(tape::append);
        return tape;
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

package io.microstream.binance.trades;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.Trade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldTradesTest {

    private static final String BTC = FeedBench.BTC;

    @Test
    void givesBackWhatItWasGivenAndForgetsIt() {
        HeldTrades held = new HeldTrades(10);
        Trade trade = NumberedTrades.trade(BTC, 7);
        assertThat(add(held, trade)).isTrue();

        assertThat(held.firstId()).isEqualTo(7);
        assertThat(held.lastId()).isEqualTo(7);
        assertThat(held.firstTradeId()).isEqualTo(21);
        assertThat(held.firstTimeUs()).isEqualTo(trade.timeUs());
        assertThat(poll(held)).isEqualTo(trade);
        assertThat(held.isEmpty()).isTrue();
        assertThat(held.lastId()).isEqualTo(-1);
    }

    @Test
    void takesNoMoreThanItsLimitAndHasRoomAgainAfterwards() {
        HeldTrades held = new HeldTrades(100);
        for (long id = 0; id < 100; id++) {
            assertThat(add(held, NumberedTrades.trade(BTC, id))).isTrue();
        }
        assertThat(add(held, NumberedTrades.trade(BTC, 100))).isFalse();
        held.drop();
        assertThat(add(held, NumberedTrades.trade(BTC, 100))).isTrue();
        assertThat(held.size()).isEqualTo(100);
        assertThat(held.firstId()).isEqualTo(1);
        assertThat(held.lastId()).isEqualTo(100);
    }

    @Test
    void aLimitOfOneWorksToo() {
        HeldTrades held = new HeldTrades(1);
        for (long id = 1; id < 5; id++) {
            assertThat(add(held, NumberedTrades.trade(BTC, id))).isTrue();
            assertThat(add(held, NumberedTrades.trade(BTC, id + 1))).isFalse();
            assertThat(poll(held).id()).isEqualTo(id);
        }
    }

    @Test
    void knowsATwinIdFromARepeatedOne() {
        HeldTrades held = new HeldTrades(10);
        Trade trade = NumberedTrades.trade(BTC, 7);
        add(held, trade);
        assertThat(held.isNewer(7, trade.firstTradeId())).isFalse();
        assertThat(held.isNewer(7, trade.lastTradeId() + 1)).isTrue();
        assertThat(held.isNewer(6, trade.lastTradeId() + 1)).isFalse();
        assertThat(held.isNewer(8, trade.lastTradeId() + 1)).isTrue();
    }

    @Test
    void anyMixOfCallsDoesWhatAPlainQueueDoes() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            int limit = 1 + chance.nextInt(300);
            HeldTrades held = new HeldTrades(limit);
            ArrayDeque<Trade> plain = new ArrayDeque<>();
            long id = 0;
            for (int step = 0; step < 2000; step++) {
                int what = chance.nextInt(1000);
                if (what < 550) {
                    id += 1 + chance.nextInt(3);
                    boolean room = add(held, NumberedTrades.trade(BTC, id));
                    assertThat(room).as("seed=%d", seed).isEqualTo(plain.size() < limit);
                    if (room) {
                        plain.add(NumberedTrades.trade(BTC, id));
                    }
                } else if (what < 900 && !plain.isEmpty()) {
                    assertThat(poll(held)).as("seed=%d", seed).isEqualTo(plain.poll());
                } else if (what < 997 && !plain.isEmpty()) {
                    held.drop();
                    plain.poll();
                } else if (what >= 997) {
                    held.clear();
                    plain.clear();
                }
                long asked = id - chance.nextInt(50);
                assertThat(held.size()).as("seed=%d", seed).isEqualTo(plain.size());
                assertThat(held.contains(asked))
                        .as("seed=%d id=%d", seed, asked)
                        .isEqualTo(plain.stream().anyMatch(trade -> trade.id() == asked));
            }
        }
    }

    private static long receivedMs(long id) {
        return 1_767_571_200_000L + 13 * id;
    }

    private static boolean add(HeldTrades held, Trade trade) {
        return held.add(trade.receivedAt(receivedMs(trade.id())));
    }

    private static Trade poll(HeldTrades held) {
        List<Trade> taken = new ArrayList<>();
        held.poll(
                trade -> {
                    assertThat(trade.receivedAtMs()).isEqualTo(receivedMs(trade.id()));
                    taken.add(NumberedTrades.copyOf(BTC, trade));
                });
        return taken.get(0);
    }
}

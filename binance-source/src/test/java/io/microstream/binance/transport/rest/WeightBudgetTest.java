package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightBudgetTest {

    private static final long S = 1_000_000_000L;

    private final WeightBudget budget = new WeightBudget();

    @Test
    void takesUpToItsShareAndSaysWhenTheNextWillFit() {
        assertThat(budget.tryTake(5_000, 0.9, 0)).isZero();
        budget.answered(0, 5_000, WeightBudget.NOT_STATED, 2 * S);
        assertThat(budget.tryTake(400, 0.9, 10 * S)).isZero();
        assertThat(budget.tryTake(1, 0.9, 11 * S)).isEqualTo(51 * S);
        assertThat(budget.tryTake(1, 0.9, 62 * S - 1)).isEqualTo(1);
        assertThat(budget.tryTake(1, 0.9, 62 * S)).isZero();
    }

    @Test
    void countsARequestUntilAMinuteAfterItsAnswer() {
        budget.tryTake(100, 0.9, 0);
        assertThat(budget.usedWeight(90 * S)).isEqualTo(100);
        budget.answered(0, 100, WeightBudget.NOT_STATED, 90 * S);
        assertThat(budget.usedWeight(149 * S)).isEqualTo(100);
        assertThat(budget.usedWeight(150 * S)).isZero();
    }

    @Test
    void forgetsARequestWithoutAnswerForTwoMinutes() {
        budget.tryTake(100, 0.9, 0);
        assertThat(budget.usedWeight(120 * S)).isZero();
    }

    @Test
    void addsWhatTheServerCountedBeyondOurs() {
        budget.tryTake(4, 0.9, 0);
        budget.answered(0, 4, 5_390, S);
        assertThat(budget.usedWeight(S)).isEqualTo(5_390);
        assertThat(budget.tryTake(20, 0.9, 2 * S)).isPositive();
        assertThat(budget.tryTake(10, 0.9, 2 * S)).isZero();
    }

    @Test
    void forgetsWhatWasAnsweredBeforeTheServersMinuteTurned() {
        budget.tryTake(4_000, 0.9, 0);
        budget.answered(0, 4_000, 4_000, S);
        budget.tryTake(2, 0.9, 5 * S);
        budget.answered(5 * S, 2, 2, 6 * S);
        assertThat(budget.usedWeight(6 * S)).isEqualTo(2);
    }

    @Test
    void doesNotTakeALateAnswerForANewMinute() {
        budget.tryTake(4, 0.9, 0);
        budget.tryTake(3_000, 0.9, S);
        budget.answered(S, 3_000, 3_004, 2 * S);
        budget.answered(0, 4, 4, 3 * S);
        assertThat(budget.usedWeight(3 * S)).isEqualTo(3_004);
    }

    @Test
    void letsNothingPassWhileBlockedAndKeepsTheLaterEnd() {
        budget.blockUntil(60 * S, 429);
        budget.blockUntil(30 * S, 403);
        assertThat(budget.tryTake(1, 0.9, 59 * S)).isEqualTo(S);
        assertThat(budget.blockedByStatus()).isEqualTo(429);
        assertThat(budget.tryTake(1, 0.9, 60 * S)).isZero();
    }

    @Test
    void letsARequestBeyondTheShareGoAlone() {
        budget.limit(100);
        assertThat(budget.tryTake(250, 0.9, 0)).isZero();
        assertThat(budget.tryTake(1, 0.9, S)).isPositive();
    }

    @Test
    void isOneForAllHostsOfBinanceAndOneForEachOther() {
        WeightBudget binance = WeightBudget.ofHost("data-api.binance.vision");
        assertThat(WeightBudget.of(URI.create("https://API2.binance.com"))).isSameAs(binance);
        assertThat(WeightBudget.ofHost("testnet.binance.vision")).isNotSameAs(binance);
        assertThat(WeightBudget.ofHost("127.0.0.1:1"))
                .isSameAs(WeightBudget.ofHost("127.0.0.1:1"))
                .isNotSameAs(WeightBudget.ofHost("127.0.0.1:2"));
    }

    /** Whatever the server's minutes and latencies, what it counts stays within the share. */
    @Test
    void neverLetsAServerCountMoreThanTheShareInAnyOfItsMinutes() {
        int most = 0;
        for (int seed = 0; seed < 200; seed++) {
            most = Math.max(most, busiestMinute(seed));
        }
        assertThat(most).isBetween(5_300, 5_400);
    }

    private record Sent(long sent, int weight, long counted, long answered) {}

    private static int busiestMinute(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WeightBudget budget = new WeightBudget();
        List<Sent> open = new ArrayList<>();
        int[] minutes = new int[10];
        long edge = random.nextLong(60 * S);
        for (long now = 0; now < 400 * S; now += random.nextLong(40_000_000)) {
            for (Sent sent : List.copyOf(open)) {
                if (sent.answered <= now) {
                    open.remove(sent);
                    budget.answered(sent.sent, sent.weight, WeightBudget.NOT_STATED, now);
                }
            }
            int weight = List.of(2, 4, 25, 50, 250).get(random.nextInt(5));
            if (open.size() < 8 && budget.tryTake(weight, 0.9, now) == 0) {
                long counted = now + random.nextLong(3 * S);
                open.add(new Sent(now, weight, counted, counted + random.nextLong(S)));
                minutes[(int) ((counted + edge) / (60 * S))] += weight;
            }
        }
        int most = 0;
        for (int used : minutes) {
            most = Math.max(most, used);
        }
        return most;
    }
}

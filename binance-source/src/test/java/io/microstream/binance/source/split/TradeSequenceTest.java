package io.microstream.binance.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TradeSequenceTest {

    private final TradeSequence sequence = new TradeSequence("BTCUSDT", TradePosition.START);

    @Test
    void nothingIsKnownBeforeTheFirstTrade() {
        assertThat(take(7)).isEqualTo(Trade.UNKNOWN);
        assertThat(sequence.lastId()).isEqualTo(7);
    }

    @Test
    void idsThatFollowOnMissNothingAndAJumpMissesWhatLiesBetween() {
        take(7);
        assertThat(take(8)).isZero();
        assertThat(take(9)).isZero();
        assertThat(take(10_000)).isEqualTo(9_990);
        assertThat(take(10_001)).isZero();
        assertThat(sequence.hasRun()).isFalse();
    }

    @Test
    void idsThatCameBeforeAreDuplicatesAndARunOfThemIsOneReport() {
        for (int id = 1; id <= 10; id++) {
            take(id);
        }
        for (int id = 6; id <= 10; id++) {
            assertThat(take(id)).isEqualTo(TradeSequence.DUPLICATE);
        }
        assertThat(sequence.hasRun()).isTrue();
        assertThat(take(11)).isZero();
        assertThat(sequence.hasEndedRun()).as("the next id may be repeated too").isFalse();
        assertThat(take(12)).isZero();
        assertThat(sequence.hasEndedRun()).isTrue();
        assertThat(sequence.endRun())
                .isEqualTo(
                        new DataQuality(
                                "BTCUSDT",
                                6_000,
                                DataQuality.Kind.DUPLICATE,
                                6,
                                10,
                                0,
                                0,
                                5,
                                "dropped=5"));
        assertThat(sequence.hasRun()).isFalse();
    }

    @Test
    void twoFilesOfTheSameDayAreOneRun() {
        for (int id = 1; id <= 1000; id++) {
            take(id);
            assertThat(take(id)).isEqualTo(TradeSequence.DUPLICATE);
            assertThat(sequence.hasEndedRun()).isFalse();
        }
        assertThat(sequence.endRun().rows()).isEqualTo(1000);
    }

    /** Binance gave one aggregate id to two trades at day borders. */
    @Test
    void anIdThatComesTwiceWithOtherSingleTradesIsTwoTrades() {
        sequence.take(100, 500, 502, 1);
        assertThat(sequence.take(100, 503, 504, 2)).isZero();
        assertThat(sequence.take(100, 503, 504, 2)).isEqualTo(TradeSequence.DUPLICATE);
        assertThat(sequence.take(101, 505, 505, 3)).isZero();
        assertThat(sequence.take(100, 503, 504, 2)).isEqualTo(TradeSequence.DUPLICATE);
    }

    @Test
    void singleTradesAreMissingOnlyWhereAggregateIdsFollowOn() {
        assertThat(sequence.jumpTo(1, 5, 5)).as("nothing before").isZero();
        sequence.take(1, 10, 12, 1);
        assertThat(sequence.jumpTo(2, 13, 13)).isZero();
        assertThat(sequence.jumpTo(2, 15, 16)).isEqualTo(2);
        assertThat(sequence.jumpTo(3, 15, 15)).as("a gap says it already").isZero();
        assertThat(sequence.jumpTo(1, 10, 12)).as("a duplicate").isZero();
    }

    @Test
    void singleTradesOfAnEarlierAggregateAreRepeatedToTheLast() {
        sequence.take(1, 10, 12, 1);
        sequence.take(2, 13, 16, 1);
        assertThat(sequence.jumpTo(3, 11, 12)).isEqualTo(-2);
        sequence.take(3, 11, 12, 1);
        assertThat(sequence.jumpTo(4, 13, 18)).isEqualTo(-4);
        sequence.take(4, 13, 18, 1);
        assertThat(sequence.jumpTo(5, 19, 20)).isZero();
    }

    @Test
    void aRowSetAsideUsesUpItsIdAndTouchesTheNextTrade() {
        take(1);
        sequence.setAside(2, 2, true, 0);
        assertThat(sequence.setAside()).isEqualTo(1);
        assertThat(take(3)).as("missing").isZero();
        assertThat(sequence.setAside()).isZero();
        sequence.setAside(4, 4, false, 0);
        assertThat(sequence.skipped()).isEqualTo(1);
        assertThat(sequence.setAside()).isZero();
    }

    @Test
    void resumedFromItsPositionItJudgesAsIfItHadNeverStopped() {
        Random random = new Random(5);
        List<Long> ids = new ArrayList<>();
        long id = 100;
        for (int i = 0; i < 300; i++) {
            int dice = random.nextInt(10);
            id += dice == 0 ? 3 : dice == 1 ? -random.nextInt(20) : 1;
            ids.add(Math.max(100, id));
        }
        List<String> whole = judge(sequence, ids);
        for (int cut = 0; cut <= ids.size(); cut++) {
            TradeSequence before = new TradeSequence("BTCUSDT", TradePosition.START);
            List<String> verdicts = judge(before, ids.subList(0, cut));
            TradePosition position = before.position(cut);
            assertThat(position.rows()).isEqualTo(cut);
            TradeSequence after = new TradeSequence("BTCUSDT", position);
            verdicts.addAll(judge(after, ids.subList(cut, ids.size())));
            assertThat(verdicts).isEqualTo(whole);
            assertThat(after.position(0)).isEqualTo(sequence.position(0));
        }
    }

    private static List<String> judge(TradeSequence judge, List<Long> ids) {
        List<String> verdicts = new ArrayList<>();
        for (long id : ids) {
            verdicts.add(id + ":" + judge.take(id, id, id, id * 1000));
            if (judge.hasEndedRun()) {
                verdicts.add(judge.endRun().toString());
            }
        }
        return verdicts;
    }

    private long take(long id) {
        return sequence.take(id, id, id, id * 1000);
    }
}

package io.microstream.job.bars;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.NaiveMinutes;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What true proofs may change about bars: when they come, and nothing else. */
class CompletenessMarkPropertiesTest {

    private static final int SEEDS = 80;
    private static final int STEPS = 120;

    @ParameterizedTest(name = "allowed lateness {0} min")
    @ValueSource(ints = {0, 5, 120})
    void withoutLossesBarsAreThoseMadeWithoutProofs(int latenessMinutes) throws Exception {
        long proofs = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random =
                    RandomTradeStream.of(seed, STEPS, 0, seed % 2 == 0 ? 0 : 0.1);
            List<StreamEvent> untilTheLastTrade = withoutLastProofs(random.tape());
            List<Bar> with = bars(untilTheLastTrade, latenessMinutes);
            assertThat(with).as("seed %d", seed).isEqualTo(bars(random.trades(), latenessMinutes));
            if (seed % 2 == 0) {
                assertThat(with).as("seed %d", seed).allMatch(bar -> bar.revision() == 0);
            }
            proofs += untilTheLastTrade.size() - random.trades().size();
        }
        assertThat(proofs).isGreaterThan(SEEDS * STEPS / 4);
    }

    @ParameterizedTest(name = "allowed lateness {0} min")
    @ValueSource(ints = {0, 5, 120})
    void barsEqualThoseMadeTheSlowWay(int latenessMinutes) throws Exception {
        long revisions = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random = RandomTradeStream.of(seed, STEPS, 0.04, 0.06);
            for (List<? extends StreamEvent> tape : List.of(random.trades(), random.tape())) {
                NaiveMinutes naive =
                        NaiveMinutes.ofTape(
                                RandomTradeStream.SYMBOL, tape, latenessMinutes * 60_000L);
                assertThat(bars(tape, latenessMinutes)).as("seed %d", seed).isEqualTo(plain(naive));
                revisions += naive.revisions();
            }
        }
        assertThat(revisions > 0).isEqualTo(latenessMinutes > 0);
    }

    @ParameterizedTest(name = "with proofs: {0}")
    @ValueSource(booleans = {false, true})
    void aCompleteBarHoldsEveryTradeOfItsMinuteThatWasMade(boolean proofs) throws Exception {
        long complete = 0;
        long incomplete = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random = RandomTradeStream.of(seed, STEPS, 0.04, 0.06);
            Set<Long> minutesOfTheLost =
                    random.lost().stream().map(Trade::minuteMs).collect(Collectors.toSet());
            for (Bar bar : bars(proofs ? random.tape() : random.trades(), 120)) {
                if (bar.complete()) {
                    complete++;
                    assertThat(minutesOfTheLost)
                            .as("seed %d", seed)
                            .doesNotContain(bar.openTimeMs());
                } else {
                    incomplete++;
                }
            }
        }
        assertThat(complete).isGreaterThan(SEEDS * 50L);
        assertThat(incomplete).isGreaterThan(SEEDS * 5L);
    }

    @ParameterizedTest(name = "allowed lateness {0} min")
    @ValueSource(ints = {5, 120})
    void withLossesProofsTakeMinutesOutOfDoubtAndChangeNothingElse(int latenessMinutes)
            throws Exception {
        long outOfDoubt = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random = RandomTradeStream.of(seed, STEPS, 0.04, 0.06);
            List<Bar> without = bars(random.trades(), latenessMinutes);
            List<Bar> with = bars(withoutLastProofs(random.tape()), latenessMinutes);
            assertThat(with).hasSameSizeAs(without);
            for (int i = 0; i < with.size(); i++) {
                Bar proven = with.get(i);
                Bar bar = without.get(i);
                assertThat(numbers(proven)).as("seed %d", seed).isEqualTo(numbers(bar));
                assertThat(proven.revision()).isLessThanOrEqualTo(bar.revision());
                assertThat(proven.complete() || !bar.complete()).as("seed %d", seed).isTrue();
                outOfDoubt += proven.complete() == bar.complete() ? 0 : 1;
            }
        }
        assertThat(outOfDoubt).isGreaterThan(SEEDS);
    }

    private static List<StreamEvent> withoutLastProofs(List<StreamEvent> tape) {
        List<StreamEvent> shorter = new ArrayList<>(tape);
        while (shorter.get(shorter.size() - 1) instanceof CompletenessMark) {
            shorter.remove(shorter.size() - 1);
        }
        return shorter;
    }

    /** The newest revision of each minute, in order; numbers without their scale. */
    private static List<Bar> bars(List<? extends StreamEvent> tape, int latenessMinutes)
            throws Exception {
        try (MinutesHarness minutes = MinutesHarness.start(Duration.ofMinutes(latenessMinutes))) {
            minutes.take(tape);
            minutes.end();
            Map<Long, Bar> newest = new TreeMap<>();
            minutes.bars().forEach(bar -> newest.put(bar.openTimeMs(), plain(bar)));
            return List.copyOf(newest.values());
        }
    }

    private static List<Bar> plain(NaiveMinutes naive) {
        return naive.bars().stream().map(CompletenessMarkPropertiesTest::plain).toList();
    }

    private static Bar plain(Bar bar) {
        return new Bar(
                bar.symbol(),
                bar.openTimeMs(),
                bar.open().stripTrailingZeros(),
                bar.high().stripTrailingZeros(),
                bar.low().stripTrailingZeros(),
                bar.close().stripTrailingZeros(),
                bar.volume().stripTrailingZeros(),
                bar.quoteVolume().stripTrailingZeros(),
                bar.takerBuyVolume().stripTrailingZeros(),
                bar.takerBuyQuoteVolume().stripTrailingZeros(),
                bar.tradeCount(),
                bar.firstTradeId(),
                bar.lastTradeId(),
                bar.isFinal(),
                bar.complete(),
                bar.revision());
    }

    /** Without what doubt changes: doubt itself, and the revision that says so. */
    private static Bar numbers(Bar bar) {
        return new Bar(
                bar.symbol(),
                bar.openTimeMs(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.quoteVolume(),
                bar.takerBuyVolume(),
                bar.takerBuyQuoteVolume(),
                bar.tradeCount(),
                bar.firstTradeId(),
                bar.lastTradeId(),
                bar.isFinal(),
                false,
                0);
    }
}

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

/** Completeness marks that are true may change when bars are emitted, and nothing else. */
class CompletenessMarkPropertiesTest {

    private static final int SEEDS = 80;
    private static final int STEPS = 120;

    @ParameterizedTest(name = "allowed lateness {0} min")
    @ValueSource(ints = {0, 5, 120})
    void withoutLossesMarksChangeNoBar(int latenessMinutes) throws Exception {
        long marks = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random =
                    RandomTradeStream.of(seed, STEPS, 0, seed % 2 == 0 ? 0 : 0.1);
            List<StreamEvent> untilTheLastTrade = withoutLastMarks(random.events());
            List<Bar> with = bars(untilTheLastTrade, latenessMinutes);
            assertThat(with).as("seed %d", seed).isEqualTo(bars(random.trades(), latenessMinutes));
            if (seed % 2 == 0) {
                assertThat(with).as("seed %d", seed).allMatch(bar -> bar.revision() == 0);
            }
            marks += untilTheLastTrade.size() - random.trades().size();
        }
        assertThat(marks).isGreaterThan(SEEDS * STEPS / 4);
    }

    @ParameterizedTest(name = "allowed lateness {0} min")
    @ValueSource(ints = {0, 5, 120})
    void barsEqualThoseOfTheNaiveTwin(int latenessMinutes) throws Exception {
        long revisions = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random = RandomTradeStream.of(seed, STEPS, 0.04, 0.06);
            for (List<? extends StreamEvent> events : List.of(random.trades(), random.events())) {
                NaiveMinutes naive =
                        NaiveMinutes.ofEvents(
                                RandomTradeStream.SYMBOL, events, latenessMinutes * 60_000L);
                assertThat(bars(events, latenessMinutes))
                        .as("seed %d", seed)
                        .isEqualTo(plain(naive));
                revisions += naive.revisions();
            }
        }
        assertThat(revisions > 0).isEqualTo(latenessMinutes > 0);
    }

    @ParameterizedTest(name = "with completeness marks: {0}")
    @ValueSource(booleans = {false, true})
    void aCompleteBarHoldsEveryTradeOfItsMinute(boolean marks) throws Exception {
        long complete = 0;
        long incomplete = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random = RandomTradeStream.of(seed, STEPS, 0.04, 0.06);
            Set<Long> minutesOfTheLost =
                    random.lost().stream().map(Trade::minuteMs).collect(Collectors.toSet());
            for (Bar bar : bars(marks ? random.events() : random.trades(), 120)) {
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
    void withLossesMarksOnlyMakeMoreMinutesComplete(int latenessMinutes) throws Exception {
        long moreComplete = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTradeStream random = RandomTradeStream.of(seed, STEPS, 0.04, 0.06);
            List<Bar> without = bars(random.trades(), latenessMinutes);
            List<Bar> with = bars(withoutLastMarks(random.events()), latenessMinutes);
            assertThat(with).hasSameSizeAs(without);
            for (int i = 0; i < with.size(); i++) {
                Bar marked = with.get(i);
                Bar bar = without.get(i);
                assertThat(numbers(marked)).as("seed %d", seed).isEqualTo(numbers(bar));
                assertThat(marked.revision()).isLessThanOrEqualTo(bar.revision());
                assertThat(marked.complete() || !bar.complete()).as("seed %d", seed).isTrue();
                moreComplete += marked.complete() == bar.complete() ? 0 : 1;
            }
        }
        assertThat(moreComplete).isGreaterThan(SEEDS);
    }

    private static List<StreamEvent> withoutLastMarks(List<StreamEvent> events) {
        List<StreamEvent> shorter = new ArrayList<>(events);
        while (shorter.get(shorter.size() - 1) instanceof CompletenessMark) {
            shorter.remove(shorter.size() - 1);
        }
        return shorter;
    }

    /** Returns the newest revision of each minute, in order, with numbers of the least scale. */
    private static List<Bar> bars(List<? extends StreamEvent> events, int latenessMinutes)
            throws Exception {
        try (MinutesHarness minutes = MinutesHarness.start(Duration.ofMinutes(latenessMinutes))) {
            minutes.take(events);
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

    /** Returns a bar without the fields that missing ids change: completeness and revision. */
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

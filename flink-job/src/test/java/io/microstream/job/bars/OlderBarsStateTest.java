package io.microstream.job.bars;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.GoldenState;
import io.microstream.job.OperatorUids;
import io.microstream.market.Bar;
import io.microstream.market.StreamEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bars continue from the state that an older version of the operator wrote. */
class OlderBarsStateTest {

    private static final Duration LATENESS = Duration.ofMinutes(30);
    private static final List<StreamEvent> EVENTS =
            RandomTradeStream.of(7, 200, 0.02, 0.1).events();
    private static final int HALF = EVENTS.size() / 2;

    static Stream<GoldenState> versions() throws IOException {
        return GoldenState.of(OperatorUids.ONE_MINUTE_BARS);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void barsContinueFromOlderState(GoldenState golden) throws Exception {
        if (golden.isToBeWritten()) {
            try (MinutesHarness minutes = MinutesHarness.start(LATENESS)) {
                minutes.take(EVENTS.subList(0, HALF));
                OperatorSubtaskState middle = minutes.operator.snapshot(1, 1);
                int before = minutes.bars().size();
                List<String> rest = rest(minutes);
                golden.write(middle, rest.subList(before, rest.size()));
            }
        }
        try (MinutesHarness minutes = MinutesHarness.restore(LATENESS, golden.middle())) {
            assertThat(rest(minutes))
                    .hasSizeGreaterThan(50)
                    .isEqualTo(
                            golden.expected().stream()
                                    .map(OlderBarsStateTest::judgedToday)
                                    .toList());
        }
    }

    private static List<String> rest(MinutesHarness minutes) throws Exception {
        minutes.take(EVENTS.subList(HALF, EVENTS.size()));
        minutes.end();
        return minutes.bars().stream().map(OlderBarsStateTest::text).toList();
    }

    /** Older releases called a bar complete whose single trades do not follow on one another. */
    private static String judgedToday(String bar) {
        String[] fields = bar.split(" ");
        long count = Long.parseLong(fields[10]);
        long span = Long.parseLong(fields[12]) - Long.parseLong(fields[11]) + 1;
        if (count > 0 && count != span) {
            fields[14] = "false";
        }
        return String.join(" ", fields);
    }

    private static String text(Bar bar) {
        return String.join(
                " ",
                bar.symbol() + " " + bar.openTimeMs(),
                bar.open() + " " + bar.high() + " " + bar.low() + " " + bar.close(),
                bar.volume() + " " + bar.quoteVolume(),
                bar.takerBuyVolume() + " " + bar.takerBuyQuoteVolume(),
                bar.tradeCount() + " " + bar.firstTradeId() + " " + bar.lastTradeId(),
                bar.isFinal() + " " + bar.complete() + " " + bar.revision());
    }
}

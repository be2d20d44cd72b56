package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.trades.FeedStart;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a live feed begins and ends, and what it says of its first minute and its last. */
@Timeout(60)
class StartsITCase {

    private static final String SYMBOL = "BTCUSDT";

    private final PlayedMarket market = PlayedMarket.of(1, 2_000);
    private final List<Trade> trades = market.tradesOf(SYMBOL);
    private final TradeStreamAudit.Run run = new TradeStreamAudit.Run();

    @AfterEach
    void close() {
        run.close();
        market.close();
    }

    private List<Trade> follow(FeedStart start, long lastId) throws Exception {
        new LiveJob(run)
                .run(
                        BinanceSource.builder()
                                .live(market.client())
                                .startFrom(SYMBOL, start)
                                .until(Map.of(SYMBOL, lastId))
                                .build());
        return run.trades(SYMBOL);
    }

    private List<Trade> tail(int from) {
        List<Trade> tail = new java.util.ArrayList<>(trades.subList(from, trades.size()));
        tail.set(0, tail.get(0).afterGapOf(Trade.UNKNOWN));
        return tail;
    }

    private long lastId() {
        return trades.get(trades.size() - 1).id();
    }

    private int firstOfMinute(int minute) {
        long minuteMs = PlayedMarket.START_US / 1000 + minute * Bar.MINUTE_MS;
        int index = 0;
        while (trades.get(index).minuteMs() < minuteMs) {
            index++;
        }
        return index;
    }

    @Test
    void fromTheFirstIdToTheLastEveryTradeIsThereAndBothEndsAreProven() throws Exception {
        market.play(market.lockstep(), List.of(), 0);

        assertThat(follow(FeedStart.atId(trades.get(0).id()), lastId())).isEqualTo(trades);

        assertThat(run.faults()).isEmpty();
        List<FeedEvent> events = List.copyOf(run.events);
        long endMs = trades.get(trades.size() - 1).minuteMs() + Bar.MINUTE_MS;
        assertThat(events.get(events.size() - 1)).isEqualTo(new CompletenessMark(SYMBOL, endMs));
    }

    @Test
    void fromAnIdInTheMiddleOfAMinuteNothingIsKnownOfWhatCameBefore() throws Exception {
        market.play(market.lockstep(), List.of(), 700);

        assertThat(follow(FeedStart.atId(trades.get(300).id()), lastId())).isEqualTo(tail(300));
        assertThat(run.faults()).isEmpty();
    }

    @Test
    void fromATimeAtTheStartOfAMinuteItsFirstBarIsProven() throws Exception {
        int first = firstOfMinute(2);
        market.play(market.lockstep(), List.of(), 900);

        FeedStart start = FeedStart.atTimeMs(trades.get(first).minuteMs());
        assertThat(follow(start, lastId())).isEqualTo(trades.subList(first, trades.size()));
        assertThat(run.faults()).isEmpty();
    }

    @Test
    void fromATimeInAMinuteItBeginsWithTheFirstTradeSince() throws Exception {
        int first = firstOfMinute(2) + 17;
        market.play(market.lockstep(), List.of(), 900);

        long timeMs = (trades.get(first).timeUs() + 999) / 1000;
        int since = trades.get(first).timeUs() >= timeMs * 1000 ? first : first + 1;
        assertThat(follow(FeedStart.atTimeMs(timeMs), lastId())).isEqualTo(tail(since));
    }

    @Test
    void fromTheLatestItBeginsWithWhatTheStreamShowsFirst() throws Exception {
        market.play(market.lockstep(), List.of(), 1_111);

        assertThat(follow(FeedStart.LATEST, lastId())).isEqualTo(tail(1_111));
        assertThat(run.faults()).isEmpty();
    }

    @Test
    void fromTheLatestThatOpensAMinuteTheFirstBarIsProven() throws Exception {
        int first = firstOfMinute(3);
        market.play(market.lockstep(), List.of(), first);

        assertThat(follow(FeedStart.LATEST, lastId()))
                .isEqualTo(trades.subList(first, trades.size()));
    }

    @Test
    void itStopsAtAnIdAndTheNextTradeProvesItsMinuteIfItLiesInALaterOne() throws Exception {
        int next = firstOfMinute(4);
        market.play(market.lockstep(), List.of(), 0);

        assertThat(follow(FeedStart.atId(trades.get(0).id()), trades.get(next - 1).id()))
                .isEqualTo(trades.subList(0, next));
        List<FeedEvent> events = List.copyOf(run.events);
        assertThat(events.get(events.size() - 1))
                .isEqualTo(new CompletenessMark(SYMBOL, trades.get(next).minuteMs()));
    }

    @Test
    void itStopsInTheMiddleOfAMinuteWithoutAProof() throws Exception {
        int last = firstOfMinute(4) + 5;
        market.play(market.lockstep(), List.of(), 0);

        assertThat(follow(FeedStart.atId(trades.get(0).id()), trades.get(last).id()))
                .isEqualTo(trades.subList(0, last + 1));
        assertThat(run.events).filteredOn(CompletenessMark.class::isInstance).isEmpty();
    }
}

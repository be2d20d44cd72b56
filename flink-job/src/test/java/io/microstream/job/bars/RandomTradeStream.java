package io.microstream.job.bars;

import static io.microstream.testing.Trades.T0;
import static io.microstream.testing.Trades.trade;

import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.StreamEvent;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The trade stream of a market with long pauses: some trades are lost, some have a time that lies
 * in the past, and every completeness mark is true.
 *
 * @param trades the trades that arrive, without completeness marks
 * @param events the same trades with completeness marks between them
 * @param lost the trades that were made and never arrive
 */
record RandomTradeStream(List<Trade> trades, List<StreamEvent> events, List<Trade> lost) {

    static final String SYMBOL = "BTCUSDT";

    /**
     * Returns the stream of a seed, which is always the same.
     *
     * @param steps how many trades the market makes
     * @param losses the chance that some trades are lost after one that arrives
     * @param stepsBack the chance that a trade has a time of minutes ago
     */
    static RandomTradeStream of(long seed, int steps, double losses, double stepsBack) {
        Random random = new Random(seed);
        List<Trade> came = new ArrayList<>();
        List<Trade> lost = new ArrayList<>();
        List<Trade> made = new ArrayList<>();
        long nowMs = T0.toEpochMilli() + random.nextInt(60_000);
        long newestMinuteMs = Bar.minuteOf(nowMs * 1000);
        int losing = 0;
        int missing = 0;
        for (int id = 0; id < steps; id++) {
            boolean edge = id == 0 || id == steps - 1;
            losing = losing > 0 ? losing - 1 : random.nextDouble() < losses ? 3 : 0;
            boolean back = !edge && losing == 0 && random.nextDouble() < stepsBack;
            long timeMs = back ? newestMinuteMs - 1 - random.nextInt(15 * 60_000) : nowMs;
            Trade next = next(random, id, timeMs).afterGapOf(missing);
            made.add(next);
            if (losing > 0 && !edge) {
                lost.add(next);
                missing++;
            } else {
                came.add(next);
                missing = 0;
                newestMinuteMs = Math.max(newestMinuteMs, next.minuteMs());
            }
            nowMs += pause(random);
        }
        return new RandomTradeStream(came, withMarks(random, came, made), lost);
    }

    private static Trade next(Random random, int id, long timeMs) {
        return trade(SYMBOL)
                .id(100 + id)
                .price(100 + random.nextInt(9))
                .at(java.time.Instant.ofEpochMilli(timeMs))
                .build();
    }

    /** Returns the milliseconds to the next trade: seconds mostly, sometimes up to two hours. */
    private static long pause(Random random) {
        int kind = random.nextInt(20);
        return kind == 0
                ? random.nextInt(7_200_000)
                : kind < 6 ? random.nextInt(300_000) : random.nextInt(20_000);
    }

    /** Adds marks that are true: no trade made after one, lost or not, has a time before it. */
    private static List<StreamEvent> withMarks(Random random, List<Trade> came, List<Trade> made) {
        List<StreamEvent> events = new ArrayList<>();
        for (Trade trade : came) {
            events.add(trade);
            while (random.nextInt(3) == 0) {
                long earliestMs =
                        made.stream()
                                .filter(later -> later.id() > trade.id())
                                .mapToLong(later -> later.timeUs() / 1000)
                                .min()
                                .orElse(trade.timeUs() / 1000 + 600_000);
                long back = random.nextInt(4) == 0 ? random.nextInt(600_000) : 0;
                events.add(new CompletenessMark(SYMBOL, earliestMs - back));
            }
        }
        return events;
    }
}

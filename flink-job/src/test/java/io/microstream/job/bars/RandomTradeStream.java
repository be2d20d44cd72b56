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
 * The tape of a market with long silences, as a feed tells it: some trades lost, some with a time
 * that lies in the past, and proofs of quiet, all true.
 *
 * @param trades what came, without proofs
 * @param tape the same with proofs between them
 * @param lost trades that were made and never came
 */
record RandomTradeStream(List<Trade> trades, List<StreamEvent> tape, List<Trade> lost) {

    static final String SYMBOL = "BTCUSDT";

    /**
     * @param steps how many trades the market makes
     * @param losses chance that some trades are lost after one that came
     * @param stepsBack chance that a trade comes with a time of minutes ago
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
        return new RandomTradeStream(came, withProofs(random, came, made), lost);
    }

    private static Trade next(Random random, int id, long timeMs) {
        return trade(SYMBOL)
                .id(100 + id)
                .price(100 + random.nextInt(9))
                .at(java.time.Instant.ofEpochMilli(timeMs))
                .build();
    }

    /** Seconds, now and then minutes, up to two hours. */
    private static long pause(Random random) {
        int kind = random.nextInt(20);
        return kind == 0
                ? random.nextInt(7_200_000)
                : kind < 6 ? random.nextInt(300_000) : random.nextInt(20_000);
    }

    /** A proof is true if no trade made after it, come or lost, has a time before it. */
    private static List<StreamEvent> withProofs(Random random, List<Trade> came, List<Trade> made) {
        List<StreamEvent> tape = new ArrayList<>();
        for (Trade trade : came) {
            tape.add(trade);
            while (random.nextInt(3) == 0) {
                long earliestMs =
                        made.stream()
                                .filter(later -> later.id() > trade.id())
                                .mapToLong(later -> later.timeUs() / 1000)
                                .min()
                                .orElse(trade.timeUs() / 1000 + 600_000);
                long back = random.nextInt(4) == 0 ? random.nextInt(600_000) : 0;
                tape.add(new CompletenessMark(SYMBOL, earliestMs - back));
            }
        }
        return tape;
    }
}

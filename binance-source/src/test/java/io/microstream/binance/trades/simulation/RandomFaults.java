package io.microstream.binance.trades.simulation;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.Ending;
import io.microstream.binance.replay.exchange.faults.Fault.Garbling;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import io.microstream.binance.replay.exchange.faults.Fault.Scope;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Faults of all kinds, drawn by a seed. */
final class RandomFaults {

    private final SplittableRandom chance;

    RandomFaults(SplittableRandom chance) {
        this.chance = chance;
    }

    /** Up to {@code most} faults anywhere in a market. */
    List<PlannedFault> in(GoldenMarket market, int most) {
        List<PlannedFault> faults = new ArrayList<>();
        int count = chance.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            faults.add(new PlannedFault(chance.nextLong(market.rows()), any()));
        }
        return faults;
    }

    private Fault any() {
        return switch (chance.nextInt(14)) {
            case 0, 1 -> new Fault.Disconnect(oneOf(Ending.values()), 0);
            case 2 -> new Fault.Stall(oneOf(Scope.values()), chance.nextBoolean(), 0);
            case 3 -> new Fault.HalfOpen(0);
            case 4 -> new Fault.AckWithoutData("aggTrade", 1 + chance.nextInt(200));
            case 5 -> new Fault.Delay(Duration.ofMillis(chance.nextLong(20_000)), upTo(30));
            case 6 -> new Fault.Reorder(2 + chance.nextInt(20));
            case 7 -> new Fault.RepeatMessage(upTo(4));
            case 8 -> new Fault.RepeatTail(upTo(60));
            case 9 -> new Fault.RepeatTailAfterDisconnect(oneOf(Ending.values()), upTo(60));
            case 10 -> new Fault.Skip(upTo(40));
            case 11 -> new Fault.Garble(oneOf(Garbling.values()));
            case 12 -> new Fault.Shutdown(Duration.ofSeconds(chance.nextLong(120)));
            default -> rest();
        };
    }

    private Fault rest() {
        RestTrouble what = oneOf(RestTrouble.values());
        return switch (what) {
            case BANNED -> new Fault.Rest(what, "*", 1, upTo(60));
            case FORBIDDEN, TIMEOUT, SLOW_BODY -> new Fault.Rest(what, "*", 1, 0);
            case TOO_MANY_REQUESTS -> new Fault.Rest(what, "*", 1, upTo(30));
            default -> new Fault.Rest(what, "*", upTo(4), upTo(20));
        };
    }

    private int upTo(int most) {
        return 1 + chance.nextInt(most);
    }

    private <T> T oneOf(T[] all) {
        return all[chance.nextInt(all.length)];
    }
}

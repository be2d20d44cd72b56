package io.microstream.standalone.runtime;

import io.microstream.live.rows.RunState;
import java.util.Set;

/** What the page of a run knows of it: its symbols, its market, and whether it goes on. */
final class FollowedRun implements RunState.Source {

    private final Set<String> symbols;
    private volatile RunState state;

    /**
     * Creates what is known of a run that begins.
     *
     * @param isMarketNow true if it follows the market as it trades, false if its market is
     *     recorded or simulated
     */
    FollowedRun(Set<String> symbols, boolean isMarketNow) {
        this.symbols = Set.copyOf(symbols);
        this.state = isMarketNow ? RunState.LIVE : RunState.SIMULATED;
    }

    /** Notes that the job has ended, however it ended. */
    void ended() {
        state = RunState.ENDED;
    }

    @Override
    public RunState of(String symbol) {
        return symbols.contains(symbol) ? state : RunState.UNKNOWN;
    }
}

package io.microstream.live.rows;

/** What a server knows of the run that writes a symbol's results. */
public enum RunState {
    /** Nothing: another process may write them, or nobody. */
    UNKNOWN,
    /** It goes on and follows the market as it trades. */
    LIVE,
    /** It goes on and reads a recorded or simulated market. */
    SIMULATED,
    /** It has ended. */
    ENDED;

    /** Says which state the run of a symbol is in at the moment. */
    public interface Source {

        /** A server that only serves a database. */
        Source NONE = symbol -> UNKNOWN;

        /** Returns the state of the run that writes a symbol's results. */
        RunState of(String symbol);
    }
}

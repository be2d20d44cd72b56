package io.microstream.binance.transport.rest;

import java.util.concurrent.CompletionException;

/** A request that failed for good: one line that says what, where and what to do. */
public final class RestException extends RuntimeException {

    /** No HTTP status, or no code of Binance's. */
    public static final int NONE = 0;

    private final Kind kind;
    private final int status;
    private final int code;

    /** The reason for which a request failed. */
    public enum Kind {
        /** 451: the exchange does not serve this place. Fatal. */
        GEO_BLOCKED(true),
        /** A symbol the exchange does not know. Fatal. */
        BAD_SYMBOL(true),
        /** Any other refusal of what was asked. Fatal. */
        BAD_REQUEST(true),
        /** The client was closed, or the waiting thread interrupted. Fatal. */
        CANCELLED(true),
        /** 403 of the firewall; everything pauses. */
        FORBIDDEN(false),
        /** 429 or 418, the rate limit; everything pauses. */
        BANNED(false),
        /** No connection to the exchange could be made. */
        UNREACHABLE(false),
        /** The answer is cut off or not what it should be. */
        UNREADABLE(false),
        /** No answer in time. Given up, it is {@link #OUT_OF_ATTEMPTS}. */
        TIMED_OUT(false),
        /** 5xx, or the exchange says it is busy. Given up, it is {@link #OUT_OF_ATTEMPTS}. */
        BUSY(false),
        /** As many attempts as configured ended in {@link #TIMED_OUT} or {@link #BUSY}. */
        OUT_OF_ATTEMPTS(true);

        private final boolean fatal;

        Kind(boolean fatal) {
            this.fatal = fatal;
        }

        /** True if asking again cannot help. */
        public boolean isFatal() {
            return fatal;
        }

        /** True if the exchange has answered and refuses what was asked. */
        public boolean isRefusal() {
            return this == GEO_BLOCKED || this == BAD_SYMBOL || this == BAD_REQUEST;
        }
    }

    RestException(Kind kind, int status, int code, String message, Throwable cause) {
        super(oneLine(message), cause);
        this.kind = kind;
        this.status = status;
        this.code = code;
    }

    /** Returns the failed request behind a failure of a future; null if it is none of ours. */
    public static RestException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof RestException ours ? ours : null;
    }

    /** Returns the reason for which the request failed. */
    public Kind kind() {
        return kind;
    }

    /** HTTP status of the last answer; {@link #NONE} if there was none. */
    public int status() {
        return status;
    }

    /** Binance's code, such as −1121; {@link #NONE} if there was none. */
    public int code() {
        return code;
    }

    RestException givenUpAfter(int attempts) {
        if (kind.isFatal()) {
            return this;
        }
        boolean plain = kind == Kind.TIMED_OUT || kind == Kind.BUSY;
        String tail = attempts > 1 ? " attempts=" + attempts : "";
        return new RestException(
                plain ? Kind.OUT_OF_ATTEMPTS : kind, status, code, getMessage() + tail, this);
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}

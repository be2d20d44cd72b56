package io.microstream.live.rest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of responses that are made and not yet read by their clients. They wait in
 * memory; beyond a limit further requests are refused, so that memory cannot fill.
 */
final class UnreadBytes {

    private final long most;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param most bytes at a time; one answer alone may be larger
     */
    UnreadBytes(long most) {
        this.most = most;
    }

    /**
     * Adds a response; subtract it by {@link #giveBack} when it is read or its connection is over.
     *
     * @throws ProblemException (503) if too much lies there already
     */
    void take(int length) {
        long before = bytes.getAndAdd(length);
        if (before > 0 && before + length > most) {
            bytes.addAndGet(-length);
            throw new ProblemException(
                    Problem.busy(
                            "Too many answers are not read yet: bytes="
                                    + before
                                    + " limit="
                                    + most
                                    + ". Read them, or try again shortly"));
        }
    }

    void giveBack(int length) {
        bytes.addAndGet(-length);
    }

    long now() {
        return bytes.get();
    }
}

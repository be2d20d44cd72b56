package io.microstream.live.rest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of answers that are made and not yet taken by those who asked. What clients leave lying
 * waits in memory; beyond a limit others are told to come again, so that it cannot fill.
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
     * Takes on an answer; give back as many when it is taken or the connection is over.
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

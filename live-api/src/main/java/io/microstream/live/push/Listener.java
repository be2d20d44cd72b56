package io.microstream.live.push;

/** Receives messages: the connection of a client, or a recorder in tests. */
interface Listener {

    /** Returns the bytes that were sent to it and are not written to its socket yet. */
    long backlog();

    /** Queues a message and returns at once; its bytes are shared and must never be changed. */
    void send(byte[] message);
}

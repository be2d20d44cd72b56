package io.microstream.live.push;

/** Someone who is told: a client's connection, or a recorder in tests. */
interface Listener {

    /** Bytes it was told and has not taken yet. */
    long backlog();

    /** Tells it; returns at once and keeps the bytes, which are shared and never changed. */
    void send(byte[] message);
}

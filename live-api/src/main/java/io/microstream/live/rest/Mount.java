package io.microstream.live.rest;

/** A part of the server that answers some of its paths. */
public interface Mount extends AutoCloseable {

    /** Puts the part's handlers on their paths; called once, before the server listens. */
    void mount(Routes routes, ServerContext server);

    /** Lets go of what the part holds; called once, when the server stops. */
    @Override
    default void close() {}
}

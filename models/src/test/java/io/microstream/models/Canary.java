package io.microstream.models;

/** Sets a system property when it is loaded. */
final class Canary {

    /** The name of this class as a constant, which does not load it. */
    static final String NAME = "io.microstream.models.Canary";

    /** The system property that loading sets. */
    static final String SONG = "microstream.canary";

    static {
        System.setProperty(SONG, "loaded");
    }

    private Canary() {}
}

package io.microstream.models;

/** A class that tells when it is loaded. */
final class Canary {

    /** Its name, written out: a constant does not load the class. */
    static final String NAME = "io.microstream.models.Canary";

    /** The property it sets. */
    static final String SONG = "microstream.canary";

    static {
        System.setProperty(SONG, "loaded");
    }

    private Canary() {}
}

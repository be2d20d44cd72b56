package io.microstream.standalone.cli;

import io.microstream.job.sinks.jdbc.Database;

/** Parses the URL of a database as users give it. */
final class Databases {

    private Databases() {}

    /** Returns the database of {@code --jdbc}. */
    static Database of(String url) {
        try {
            return Database.at(url);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e.getMessage());
        }
    }
}

package io.microstream.standalone.report;

import io.microstream.job.sinks.jdbc.Database;
import java.sql.SQLException;
import java.util.Set;

/** What a refused query means to a person. */
public final class SchemaFaults {

    /** Undefined table, undefined column. */
    private static final Set<String> OLD = Set.of("42P01", "42703");

    private SchemaFaults() {}

    public static UserError explained(Database database, SQLException e) {
        if (OLD.contains(e.getSQLState())) {
            return new UserError(
                    "Database lacks tables of this release: database="
                            + database
                            + ". Run live, replay or demo on it once: that brings it up to date.",
                    e);
        }
        return new UserError("Database refused: database=" + database + ".", e);
    }
}

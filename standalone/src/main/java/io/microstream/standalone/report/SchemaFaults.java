package io.microstream.standalone.report;

import io.microstream.job.sinks.jdbc.Database;
import java.sql.SQLException;
import java.util.Set;

/** Explains to users why the database refused a query. */
public final class SchemaFaults {

    /** States of PostgreSQL for an undefined table and an undefined column. */
    private static final Set<String> OUTDATED = Set.of("42P01", "42703");

    private SchemaFaults() {}

    /** Returns an error that says what to do if the schema is outdated; a plain one otherwise. */
    public static UserError explained(Database database, SQLException e) {
        if (OUTDATED.contains(e.getSQLState())) {
            return new UserError(
                    "Database schema is outdated: database="
                            + database
                            + ". Run live, replay or demo on it once to migrate it.",
                    e);
        }
        return new UserError("Database query failed: database=" + database + ".", e);
    }
}

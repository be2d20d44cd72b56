package io.microstream.job.sinks.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables up to date by the numbered migrations of {@code sql/}, each applied once. */
public final class Schema {

    private static final String HISTORY = "microstream_schema_history";

    /** PostgreSQL's state for a table that is there already. */
    private static final String DUPLICATE_TABLE = "42P07";

    /**
     * Checksum of V2 as it was released first: it asked for a setting that only some roles may
     * read. Databases that it has migrated hold the same tables.
     */
    private static final int FIRST_V2 = 583_998_254;

    private Schema() {}

    /**
     * Applies the migrations that the database lacks. The owner of an ordinary database may do so.
     *
     * @throws DatabaseRefusedException if the database cannot be reached, holds a newer schema than
     *     this release knows, or refuses a migration
     */
    public static void migrate(Database database) {
        try {
            Flyway flyway = flyway(database);
            MigrationInfoService info = flyway.info();
            refuseNewer(info, database);
            if (info.pending().length == 0) {
                flyway.validate();
                return;
            }
            acceptFirstV2(info, database);
            flyway.migrate();
        } catch (FlywayException | SQLException e) {
            throw new DatabaseRefusedException(
                    "Database refused: database=" + database + " cause=" + firstLine(e) + remedy(e),
                    e);
        }
    }

    /**
     * Does nothing if the database has all tables of this release, as commands that only read need
     * them.
     *
     * @throws DatabaseRefusedException if they are older, newer, half made or not there, or if the
     *     database does not say
     */
    public static void requireCurrent(Database database) {
        try {
            MigrationInfoService info = flyway(database).info();
            refuseNewer(info, database);
            if (info.pending().length == 0) {
                return;
            }
            String found =
                    Arrays.stream(info.applied())
                            .filter(MigrationInfo::isVersioned)
                            .reduce((older, newer) -> newer)
                            .map(migration -> "V" + migration.getVersion())
                            .orElse("none");
            MigrationInfo[] pending = info.pending();
            throw new DatabaseRefusedException(
                    "Database schema is outdated: database="
                            + database
                            + " schema="
                            + found
                            + " needed=V"
                            + pending[pending.length - 1].getVersion()
                            + ". Run live, replay or demo on it once to migrate it, or give the database"
                            + " that one of them wrote",
                    null);
        } catch (FlywayException e) {
            throw new DatabaseRefusedException(
                    "Database refused: database="
                            + database
                            + " cause="
                            + firstLine(e)
                            + ". Check that it runs, that the URL names it and that the user may read "
                            + HISTORY,
                    e);
        }
    }

    private static Flyway flyway(Database database) {
        java.util.Properties properties = database.properties();
        properties.remove("user");
        properties.remove("password");
        Map<String, String> jdbcProperties = new HashMap<>();
        properties.forEach((key, value) -> jdbcProperties.put((String) key, (String) value));
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database.url(), database.user(), database.password())
                .jdbcProperties(jdbcProperties)
                .locations("classpath:sql")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .table(HISTORY)
                .load();
    }

    private static void refuseNewer(MigrationInfoService info, Database database) {
        for (MigrationInfo migration : info.all()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS
                    || migration.getState() == MigrationState.FUTURE_FAILED) {
                throw new DatabaseRefusedException(
                        "Database of a newer schema: database="
                                + database
                                + " schema=V"
                                + migration.getVersion()
                                + ". Run the release that made it, or give an empty database",
                        null);
            }
        }
    }

    /** Notes today's checksum of V2 in a database that its first text has migrated. */
    private static void acceptFirstV2(MigrationInfoService info, Database database)
            throws SQLException {
        for (MigrationInfo migration : info.applied()) {
            if (migration.isVersioned()
                    && migration.getVersion().getVersion().equals("2")
                    && Integer.valueOf(FIRST_V2).equals(migration.getAppliedChecksum())) {
                try (Connection connection = database.connect();
                        PreparedStatement update =
                                connection.prepareStatement(
                                        "UPDATE "
                                                + HISTORY
                                                + " SET checksum = ? WHERE version = '2' AND checksum = ?")) {
                    update.setInt(1, migration.getResolvedChecksum());
                    update.setInt(2, FIRST_V2);
                    update.executeUpdate();
                }
            }
        }
    }

    private static String remedy(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused
                    && DUPLICATE_TABLE.equals(refused.getSQLState())) {
                return ". It holds tables of these names that no release of MicroStream has noted in "
                        + HISTORY
                        + ". Give another database";
            }
        }
        return ". Check that it runs, that the URL names it and that the user may create tables and owns"
                + " those that are there";
    }

    private static String firstLine(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(cause.toString());
    }
}

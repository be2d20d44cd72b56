package io.microstream.job.sinks.jdbc;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables up to date by the numbered migrations of {@code sql/}, each applied once. */
public final class Schema {

    private Schema() {}

    /**
     * Applies the migrations that the database lacks.
     *
     * @throws DatabaseRefusedException if the database cannot be reached, holds a newer schema than
     *     this release knows, or refuses a migration
     */
    public static void migrate(Database database) {
        java.util.Properties properties = database.properties();
        properties.remove("user");
        properties.remove("password");
        java.util.Map<String, String> jdbcProperties = new java.util.HashMap<>();
        properties.forEach((key, value) -> jdbcProperties.put((String) key, (String) value));
        try {
            Flyway flyway =
                    Flyway.configure(Schema.class.getClassLoader())
                            .dataSource(database.url(), database.user(), database.password())
                            .jdbcProperties(jdbcProperties)
                            .locations("classpath:sql")
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .table("microstream_schema_history")
                            .load();
            refuseNewer(flyway.info(), database);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseRefusedException(
                    "Database refused: database="
                            + database
                            + " cause="
                            + firstLine(e)
                            + ". Check that it runs, that the URL names it and that the user may create tables",
                    e);
        }
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

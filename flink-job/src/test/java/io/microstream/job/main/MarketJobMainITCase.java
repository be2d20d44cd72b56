package io.microstream.job.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.job.MarketFiles;
import io.microstream.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job as a program, from its configuration to rows in PostgreSQL, without the other modules.
 */
class MarketJobMainITCase {

    @TempDir private Path folder;

    @Test
    void recordedFilesBecomeRowsInTheDatabase() throws Exception {
        Path dumps = MarketFiles.clean(Files.createDirectory(folder.resolve("dumps")));
        try (PostgresServer server = PostgresServer.start(folder.resolve("database"))) {
            Path file =
                    Files.write(
                            folder.resolve("job.properties"),
                            List.of(
                                    "source.kind = agg-trades",
                                    "source.paths = " + dumps,
                                    "database.url = " + server.url(),
                                    "checkpoints.directory = "
                                            + folder.resolve("checkpoints").toUri(),
                                    "parallelism = 1"));
            MarketJobMain.main(new String[] {"--config=" + file, "--parallelism=2"});
            assertThat(count(server, "SELECT count(*) FROM bars WHERE is_final")).isEqualTo(450);
            assertThat(count(server, "SELECT count(*) FROM models")).isPositive();
            assertThat(count(server, "SELECT count(*) FROM bars WHERE committed_at IS NOT NULL"))
                    .isZero();
        }
    }

    private static long count(PostgresServer server, String query) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url());
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

package io.microstream.job.sinks.jdbc;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.job.LocalCluster;
import io.microstream.job.MarketFiles;
import io.microstream.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Proves what the sinks guarantee on any PostgreSQL; each test has a database of its own. */
abstract class SinksOnDatabase
        implements SchemaGuarantees,
                RowGuarantees,
                RoleGuarantees,
                StampGuarantees,
                OutageGuarantees {

    static {
        // An assertion inside the driver turns a lost connection into an Error where tests run with
        // assertions; a job in production runs without.
        SinksOnDatabase.class.getClassLoader().setPackageAssertionStatus("org.postgresql", false);
    }

    @TempDir private static Path files;

    private static LocalCluster cluster;

    private static List<ArchiveFile> market;

    private TestDatabase database;

    /** Returns the URL of a database that is there already on the server under test. */
    abstract String adminUrl();

    @BeforeEach
    void openDatabase(TestInfo test) throws Exception {
        String admin = adminUrl();
        if (cluster == null) {
            cluster = LocalCluster.start();
            market = MarketFiles.inspect(MarketFiles.flawed(files));
        }
        String name =
                "microstream_test_%d_%s"
                        .formatted(
                                ProcessHandle.current().pid(),
                                Integer.toHexString(test.getDisplayName().hashCode()));
        database = TestDatabase.create(admin, name);
    }

    @AfterEach
    void dropDatabase() throws Exception {
        if (cluster != null) {
            cluster.clear();
        }
        if (database != null) {
            database.close();
        }
    }

    @AfterAll
    static void stopCluster() throws Exception {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    @Override
    public TestDatabase database() {
        return database;
    }

    @Override
    public LocalCluster cluster() {
        return cluster;
    }

    @Override
    public List<ArchiveFile> market() {
        return market;
    }
}

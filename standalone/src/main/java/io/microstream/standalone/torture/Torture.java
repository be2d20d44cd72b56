package io.microstream.standalone.torture;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.cluster.FlinkProcesses;
import io.microstream.standalone.report.Fingerprint;
import io.microstream.standalone.report.Results;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Disturbs jobs on one cluster of processes, each in a database of its own. */
public final class Torture {

    /** Event-time seconds a second: a day in half a minute, so that there is time for faults. */
    private static final String SPEED = "source.speed=3000";

    private final FlinkProcesses cluster;
    private final FlinkProcesses.Size size;
    private final Path jar;
    private final Path market;
    private final Database undisturbed;

    /**
     * Prepares the cases.
     *
     * @param cluster that runs, of one TaskManager with two slots
     * @param size of it
     * @param jar the job jar
     * @param market folder of aggregate trades
     * @param undisturbed database with the results of one JVM; others are made beside it
     */
    public Torture(
            FlinkProcesses cluster,
            FlinkProcesses.Size size,
            Path jar,
            Path market,
            Database undisturbed) {
        this.cluster = cluster;
        this.size = size;
        this.jar = jar;
        this.market = market;
        this.undisturbed = undisturbed;
    }

    /**
     * Runs a job to its end, disturbed several times, and compares its tables.
     *
     * @param times how often it is disturbed, unless it ends before
     * @param seed decides when
     */
    public CaseResult run(FaultCase fault, int times, long seed) throws Exception {
        String name =
                String.format(
                        Locale.ROOT,
                        "torture_%s_%d",
                        fault.name().toLowerCase(Locale.ROOT),
                        Math.abs(seed));
        try (Connection connection = undisturbed.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + name);
        }
        Database database =
                new Database(
                        undisturbed.url().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"),
                        undisturbed.user(),
                        undisturbed.password(),
                        undisturbed.patience());
        List<String> settings = new ArrayList<>();
        settings.add("source.kind=agg-trades");
        settings.add("source.paths=" + market);
        settings.add("database.url=" + database.url());
        settings.add("checkpoints.interval=500ms");
        settings.add(SPEED);
        DisturbedJob job =
                new DisturbedJob(cluster, size, jar, settings, database, new Random(seed));
        int faults = job.live(fault, times);
        long trades = trades(database) - trades(undisturbed);
        return new CaseResult(
                fault,
                faults,
                job.number("SELECT count(*) FROM bars"),
                Math.max(0, -trades),
                Math.max(0, trades),
                Fingerprint.of(database).equals(Fingerprint.of(undisturbed)),
                job.slowestMs());
    }

    private static long trades(Database database) throws Exception {
        try (Results results = Results.of(database);
                Statement statement = results.connection().createStatement();
                var result = statement.executeQuery("SELECT sum(trade_count) FROM bars")) {
            result.next();
            return result.getLong(1);
        }
    }
}

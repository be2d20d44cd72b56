package io.microstream.standalone.cli;

import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.DatabaseRefusedException;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.rows.RunState;
import io.microstream.standalone.runtime.LivePage;
import io.microstream.standalone.runtime.RestCaseTrades;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the page and its API for a database that a job in another process writes. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the live page and its API for a database that another process writes. It writes only"
                    + " labels.",
            "It starts even if the database is down and recovers by itself. Ctrl-C stops it."
        })
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--jdbc",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://host:port/database?user=NAME")
    private String jdbc;

    @Option(
            names = "--exchange",
            paramLabel = "URL",
            description =
                    "Exchange whose REST API supplies the trades of case files, e.g."
                            + " https://data-api.binance.vision (default: none, cases hold no trades)")
    private URI exchange;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop after this time: 60s, 5m, 1h (default: run until Ctrl-C)")
    private String limit;

    @Mixin private PageOptions options;

    @Override
    public Integer call() throws Exception {
        options.check();
        Duration duration = Durations.limit(limit);
        Database database = Databases.of(jdbc);
        CountDownLatch stopped = new CountDownLatch(1);
        try (LivePage page =
                LivePage.start(database, options.settings(), trades(), RunState.Source.NONE)) {
            Thread onInterrupt = new Thread(page::close, "close-on-interrupt");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            System.out.println("database: " + database);
            System.out.println("page:     " + page.address());
            warnOfOtherTables(database);
            if (duration.isZero()) {
                stopped.await();
            } else if (!stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
        return 0;
    }

    /** Prints why the page stays empty for now; the page recovers once a job has migrated. */
    private static void warnOfOtherTables(Database database) {
        try {
            Schema.requireCurrent(database);
        } catch (DatabaseRefusedException e) {
            System.out.println("warning: " + e.getMessage());
        }
    }

    private CaseTrades trades() {
        if (exchange == null) {
            return CaseTrades.none(
                    "no exchange is configured. Start the server with --exchange URL");
        }
        try {
            return new RestCaseTrades(RestConfig.command(exchange).baseUrls().get(0));
        } catch (IllegalArgumentException e) {
            throw new BadUsage("exchange=" + exchange + ": " + e.getMessage());
        }
    }
}

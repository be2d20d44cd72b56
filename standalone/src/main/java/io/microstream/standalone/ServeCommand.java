package io.microstream.standalone;

import io.microstream.job.sinks.Database;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The page and its API alone, over a database that a job elsewhere writes. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "The live page and its API over a database that a job elsewhere writes. It reads only, starts whether",
            "the database is there or not, and recovers by itself. Ctrl-C stops it."
        })
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--jdbc",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://host:port/database?user=NAME")
    private String jdbc;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Stop by itself after so long: 60s, 5m, 1h")
    private String limit;

    @Mixin private PageOptions options;

    @Override
    public Integer call() throws Exception {
        options.check();
        Duration duration = Durations.limit(limit);
        Database database = Database.at(jdbc);
        CountDownLatch stopped = new CountDownLatch(1);
        try (LivePage page = LivePage.start(jdbc, options)) {
            Thread onInterrupt = new Thread(page::close, "close-on-interrupt");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            System.out.println("database: " + database);
            System.out.println("page:     " + page.address());
            if (duration.isZero()) {
                stopped.await();
            } else if (!stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
        return 0;
    }
}

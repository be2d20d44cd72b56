package io.microstream.standalone.cli;

import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.live.cases.CaseTrades;
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

/** The page and its API alone, over a database that a job elsewhere writes. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "The live page and its API over a database that a job elsewhere writes. It writes nothing but labels,",
            "starts whether the database is there or not, and recovers by itself. Ctrl-C stops it."
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
                    "Where the trades of a case file come from, by REST, e.g. https://data-api.binance.vision;"
                            + " without it a case holds none")
    private URI exchange;

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
        try (LivePage page = LivePage.start(jdbc, options.settings(), trades())) {
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

    private CaseTrades trades() {
        if (exchange == null) {
            return CaseTrades.none("this server knows no exchange. Start it with --exchange URL");
        }
        try {
            return new RestCaseTrades(RestConfig.command(exchange).baseUrls().get(0));
        } catch (IllegalArgumentException e) {
            throw new BadUsage("exchange=" + exchange + ": " + e.getMessage());
        }
    }
}

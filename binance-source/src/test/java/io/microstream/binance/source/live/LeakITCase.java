package io.microstream.binance.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that restarts and restarts keeps no thread and no connection of those before. */
@Timeout(90)
class LeakITCase {

    private static final int RESTARTS = 30;
    private static final Path SOCKETS = Path.of("/proc/net/tcp");
    private static final String ESTABLISHED = "01";

    private final PlayedMarket market = PlayedMarket.of(2, 2_000);
    private final TradeStreamAudit.Run run = new TradeStreamAudit.Run();

    @AfterEach
    void close() {
        run.close();
        market.close();
    }

    @Test
    void thirtyRestartsLeaveNoThreadAndNoConnection() throws Exception {
        market.play(market.lockstep(), List.of(), 0);
        run.failAfter = failed -> failed < RESTARTS ? 60 + 37 * failed % 100 : 0;
        Set<Thread> before = threads();

        LiveJob job = new LiveJob(run).restarts(2 * RESTARTS).run(market.whole());

        assertThat(run.failures).hasValue(RESTARTS);
        assertThat(run.ends).isEqualTo(TradeStreamAudit.expected(market.golden()));
        assertThat(job.gauge("connects")).isGreaterThan(RESTARTS);
        for (Thread thread : threads()) {
            if (!before.contains(thread)) {
                thread.join(15_000);
                assertThat(thread.isAlive()).as("%s lives on", thread.getName()).isFalse();
            }
        }
        if (Files.isReadable(SOCKETS)) {
            assertThat(connections(market.exchange().restUri().getPort())).isZero();
        }
    }

    /** Threads of the source: Flink's fetchers, and those of its connections. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> isOurs(thread.getName()))
                .collect(Collectors.toSet());
    }

    private static boolean isOurs(String name) {
        return name.startsWith("binance-")
                || name.startsWith("HttpClient-")
                || name.contains("Data Fetcher");
    }

    /** Open connections from or to a local port. */
    private static long connections(int port) throws IOException {
        String hex = String.format(Locale.ROOT, ":%04X", port);
        try (Stream<String> lines = Files.lines(SOCKETS)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > 3)
                    .filter(columns -> columns[1].endsWith(hex) || columns[2].endsWith(hex))
                    .filter(columns -> columns[3].equals(ESTABLISHED))
                    .count();
        }
    }
}

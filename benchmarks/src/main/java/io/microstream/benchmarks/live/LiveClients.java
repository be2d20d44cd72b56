package io.microstream.benchmarks.live;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.testing.PostgresServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many WebSocket clients of the live server: a table of figures and goals.
 *
 * <p>The server has a process of its own and the database one; this process holds the clients and
 * the writer, who replaces the running minute of every symbol in four tables once a second. One
 * more client reads nothing and has to be dropped, while the others receive every row.
 */
public final class LiveClients {

    private static final int HISTORY = 15;
    private static final int PATIENCE_S = 60;
    private static final double CORES = 2;

    private final int clients;
    private final List<String> symbols;
    private final int seconds;
    private final int warmUp;
    private final Figures figures;

    private LiveClients(int[] values, boolean judged) {
        this.clients = values[0];
        this.symbols = IntStream.range(0, values[1]).mapToObj(i -> "SYM" + i + "USDT").toList();
        this.seconds = values[2];
        this.warmUp = values[3];
        this.figures = new Figures(judged);
    }

    /** Exits 1 if a goal was missed, 2 for bad usage. */
    public static void main(String[] args) throws Exception {
        boolean smoke = args.length > 0 && args[0].equals("--smoke");
        int[] values = smoke ? new int[] {20, 2, 3, 1} : new int[] {500, 20, 30, 10};
        List<String> names = List.of("--clients", "--symbols", "--seconds", "--warm-up");
        for (int i = smoke ? 1 : 0; i < args.length; i += 2) {
            int at = names.indexOf(args[i]);
            if (at < 0 || i + 1 == args.length || !args[i + 1].matches("[1-9]\\d{0,4}")) {
                System.err.println(
                        "usage: benchmarks/live-clients [--smoke] [--clients N] [--symbols N] [--seconds N] [--warm-up N]: given="
                                + String.join(" ", args));
                System.exit(2);
            }
            values[at] = Integer.parseInt(args[i + 1]);
        }
        LiveClients run = new LiveClients(values, !smoke);
        run.run();
        System.exit(run.figures.missed() ? 1 : 0);
    }

    private void run() throws Exception {
        try (PostgresServer postgres = PostgresServer.start()) {
            String jdbcUrl = postgres.url();
            Schema.migrate(Database.at(jdbcUrl));
            Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
            try (ProvisionalRows rows = new ProvisionalRows(jdbcUrl, symbols, minute);
                    RunningServer server = RunningServer.start(jdbcUrl);
                    StreamClients streams = new StreamClients()) {
                rows.history(HISTORY);
                rows.replace(0);
                join(server, streams);
                measure(rows, server, streams);
            }
        }
    }

    private void join(RunningServer server, StreamClients streams) throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            streams.connect(server.uri(), subscribe());
        }
        long deadline = begun + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (streams.snapshots() < clients * symbols.size() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        figures.head();
        figures.note(
                "all clients have all snapshots, s",
                (System.nanoTime() - begun) / 1e9,
                "snapshots="
                        + streams.snapshots()
                        + " of "
                        + HISTORY
                        + " minutes, "
                        + Figures.load());
    }

    private String subscribe() {
        return symbols.stream()
                .collect(
                        Collectors.joining(
                                "\",\"",
                                "{\"type\":\"subscribe\",\"history\":"
                                        + HISTORY
                                        + ",\"symbols\":[\"",
                                "\"]}"));
    }

    private void measure(ProvisionalRows rows, RunningServer server, StreamClients streams)
            throws Exception {
        write(rows, warmUp);
        try (StalledClient stalled = new StalledClient(server.uri(), subscribe())) {
            streams.measure(true);
            long cpu = server.cpuNanos();
            long begun = System.nanoTime();
            long written = write(rows, seconds);
            double elapsed = (System.nanoTime() - begun) / 1e9;
            double cores = (server.cpuNanos() - cpu) / 1e9 / elapsed;
            streams.measure(false);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            long newest = rows.newest();
            while (streams.without(newest) > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            report(streams, newest, written, elapsed, cores);
            figures.atLeast(
                    "stalled clients dropped",
                    server.metric("microstream_push_closed_total{code=\"4008\"}"),
                    1,
                    "one subscribed and never read");
            figures.note(
                    "p99 of a poll, ms",
                    1e3 * server.metric("microstream_push_polls_seconds{quantile=\"0.99\"}"),
                    "read and sent, in the server");
        }
    }

    /** Replaces the rows of all running minutes once a second; returns how many rows it wrote. */
    private static long write(ProvisionalRows rows, int times) throws Exception {
        long written = 0;
        long begun = System.nanoTime();
        for (int i = 0; i < times; i++) {
            written += rows.replace(i / 100.0);
            long next = begun + TimeUnit.SECONDS.toNanos(i + 1L);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
        }
        return written;
    }

    private void report(
            StreamClients streams, long newest, long written, double elapsed, double cores) {
        figures.note("messages/s", streams.messages() / elapsed, "all clients together");
        figures.note("megabytes/s", streams.bytes() / elapsed / 1e6, "");
        long[] micros = streams.latencies();
        figures.note("p50 committed to client, ms", at(micros, 0.5), "rows=" + micros.length);
        figures.note("p99 committed to client, ms", at(micros, 0.99), "");
        figures.note("max committed to client, ms", at(micros, 1), "");
        figures.atMost(
                "cores of the server",
                cores,
                CORES,
                String.format(
                        Locale.ROOT,
                        "clients=%d symbols=%d seconds=%.0f %s",
                        clients,
                        symbols.size(),
                        elapsed,
                        Figures.load()));
        figures.atMost(
                "clients without the newest rows",
                streams.without(newest),
                0,
                "versions=%.3f of all written, the rest replaced before a poll"
                        .formatted((double) micros.length / clients / written));
        figures.atMost("clients dropped", streams.closed(), 0, "");
    }

    private static double at(long[] ascending, double share) {
        if (ascending.length == 0) {
            return 0;
        }
        int last = ascending.length - 1;
        return ascending[(int) Math.round(share * last)] / 1e3;
    }
}

package io.microstream.benchmarks.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An {@link ExchangeProcess}, seen from the one that measures. One thread. */
final class RunningExchange implements AutoCloseable {

    /**
     * Rows the market may be ahead of what was taken: a client cannot say that it is behind, and
     * its inbox of 16 MiB holds some 80,000.
     */
    private static final long LEAD = 40_000;

    private static final long STEP = 4_000;

    private final Process process;
    private final OutputStream orders;
    private final URI streams;
    private final URI rest;
    private long reportedRows;

    private RunningExchange(Process process, URI streams, URI rest) {
        this.process = process;
        this.orders = process.getOutputStream();
        this.streams = streams;
        this.rest = rest;
    }

    /** Starts an exchange that advances only as its listeners read, see {@link #taken}. */
    static RunningExchange waiting(double perSecond, String... symbols) throws IOException {
        RunningExchange exchange = start("lockstep", perSecond, 0, 100_000, symbols);
        exchange.order(LEAD);
        return exchange;
    }

    /**
     * One that waits for nobody.
     *
     * @param perSecond trades of all symbols together
     * @param history rows that have been before
     * @param retained trades of a symbol that REST remembers
     */
    static RunningExchange paced(double perSecond, long history, int retained, String... symbols)
            throws IOException {
        return start("paced", perSecond, history, retained, symbols);
    }

    private static RunningExchange start(
            String drive, double perSecond, long history, int retained, String... symbols)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx2g", "-XX:+UseParallelGC", "-Dlog4j2.level=WARN"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ExchangeProcess.class.getName());
        command.addAll(List.of(drive, "" + perSecond, "" + history, "" + retained));
        command.addAll(List.of(symbols));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String streams = said.readLine();
        String rest = said.readLine();
        if (rest == null) {
            throw new IOException("Exchange did not start, see above: command=" + command);
        }
        return new RunningExchange(process, URI.create(streams), URI.create(rest));
    }

    URI streams() {
        return streams;
    }

    URI rest() {
        return rest;
    }

    /** Reports how many rows have been read, so that a waiting market advances. */
    void taken(long rows) throws IOException {
        if (rows - reportedRows >= STEP) {
            reportedRows = rows;
            order(rows + LEAD);
        }
    }

    private void order(long row) throws IOException {
        orders.write((row + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
    }

    /** Returns the processor time that the exchange's process has used so far, in nanoseconds. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        orders.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

package io.microstream.benchmarks.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link LiveServerProcess}, seen from the one that measures. */
final class RunningServer implements AutoCloseable {

    private final Process process;
    private final URI uri;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningServer(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    static RunningServer start(String jdbcUrl) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dlog4j2.level=WARN",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LiveServerProcess.class.getName(),
                        jdbcUrl);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said =
                new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
        if (said == null) {
            throw new IOException("Server did not start, see above: command=" + command);
        }
        return new RunningServer(process, URI.create(said));
    }

    URI uri() {
        return uri;
    }

    /** Returns the processor time that the server's process has used so far, in nanoseconds. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Returns the sum of all samples whose line starts with {@code name}; 0 if there is none. */
    double metric(String beginning) throws IOException, InterruptedException {
        String text =
                http.send(
                                HttpRequest.newBuilder(uri.resolve("/metrics")).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        return text.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

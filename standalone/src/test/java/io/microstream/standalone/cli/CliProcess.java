package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.standalone.runtime.Checkpoints;
import io.microstream.testing.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, to be watched and ended, gently or not. */
final class CliProcess implements AutoCloseable {

    /** How a JVM ends that was asked to. */
    static final int TERMINATED = 128 + 15;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;

    private CliProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static CliProcess start(Path log, Object... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-Xmx1g");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Microstream.class.getName());
        for (Object word : words) {
            command.add(word.toString());
        }
        return new CliProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** What it has printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until something is so; what cannot be read on the way is not so yet. */
    void await(String what, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        do {
            try {
                if (so.call()) {
                    return;
                }
            } catch (IOException | SQLException e) {
                last = e;
            }
        } while (!process.waitFor(50, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
        throw new AssertionError(
                "Not so: %s. alive=%s log=%n%s".formatted(what, process.isAlive(), log()), last);
    }

    /** Asks it to end, as Ctrl-C does; returns its exit code. */
    int end() throws Exception {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
        return process.exitValue();
    }

    /**
     * Kills it, -9, as soon as so many bars are committed.
     *
     * @return false if it was through before
     */
    boolean killAt(long bars, String url) throws Exception {
        return kill(() -> committed(url) >= bars);
    }

    /** The same, but not before there is a checkpoint. */
    boolean killAt(long bars, String url, Path checkpoints) throws Exception {
        return kill(() -> committed(url) >= bars && Checkpoints.newest(checkpoints).isPresent());
    }

    private boolean kill(Callable<Boolean> due) throws Exception {
        while (process.isAlive() && !due.call()) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        boolean inTime = process.isAlive();
        process.destroyForcibly().waitFor();
        return inTime;
    }

    private static long committed(String url) throws Exception {
        long tables =
                TestDatabase.number(
                        url, "SELECT count(*) FROM pg_tables WHERE tablename = 'regimes'");
        return tables == 0 ? 0 : TestDatabase.number(url, "SELECT count(*) FROM bars");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

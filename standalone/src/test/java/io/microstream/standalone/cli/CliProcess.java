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

/** Runs the command line in a process of its own, which a test can watch, stop or kill. */
final class CliProcess implements AutoCloseable {

    /** The exit code of a JVM that was terminated by SIGTERM. */
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

    /** Returns what the process has printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until a condition holds; it does not hold yet while it throws. */
    void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException | SQLException e) {
                last = e;
            }
        } while (!process.waitFor(50, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
        throw new AssertionError(
                "Not so: %s. alive=%s log=%n%s".formatted(what, process.isAlive(), log()), last);
    }

    /** Terminates the process as Ctrl-C does and returns its exit code. */
    int end() throws Exception {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(log()).isTrue();
        return process.exitValue();
    }

    /**
     * Kills the process (SIGKILL) as soon as this many bars are committed.
     *
     * @return false if it had ended before
     */
    boolean killAt(long bars, String url) throws Exception {
        return kill(() -> committed(url) >= bars);
    }

    /** Kills the process as the other method does, but not before there is a checkpoint. */
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

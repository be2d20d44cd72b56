package io.microstream.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, to be killed. */
final class CliProcess {

    private final Process process;

    private CliProcess(Process process) {
        this.process = process;
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
                        .start());
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
}

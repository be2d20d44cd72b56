package io.microstream.standalone.cluster;

import io.microstream.standalone.report.UserError;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A Flink cluster of processes on this machine: Flink's own JobManager and TaskManagers, started
 * from the jars of this class path, bound to loopback. Everything about it is in one folder: {@code
 * conf/}, {@code log/}, {@code checkpoints/}, {@code savepoints/}, and a file with the process id
 * of each process.
 *
 * <p>A JobManager or TaskManager that is lost is noticed within eight seconds.
 */
public final class FlinkProcesses {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final String JOB_MANAGER = "jobmanager";
    private static final String TASK_MANAGER = "taskmanager-";
    private static final String PID = ".pid";

    /** Stands first among the arguments: the system may cut the rest of a command line off. */
    private static final String MARK = "-Dmicrostream.process=";

    private static final String CONFIG = "config.yaml";

    /** What Flink's processes need of this class path; none of it is ours, or in the job jar. */
    private static final Pattern FLINKS =
            Pattern.compile(
                    "(flink-(?!job)|commons-|log4j-|slf4j-|kryo-|minlog-|objenesis-|reflectasm-|javassist-|lz4-"
                            + "|snappy-|jsr305-|async-profiler-|snakeyaml-engine-).*\\.jar");

    private final Path folder;

    /**
     * Names the cluster of a folder, which may not be there yet.
     *
     * @param folder of the cluster
     */
    public FlinkProcesses(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * How large a cluster is.
     *
     * @param restPort where its REST interface and its web page are
     * @param taskManagers how many TaskManagers it has
     * @param slots how many tasks of each operator a TaskManager runs at once
     * @param heapMb heap of each TaskManager; a JobManager has half of it
     */
    public record Size(int restPort, int taskManagers, int slots, int heapMb) {}

    /**
     * Starts the processes, unless they run already, and waits until all have registered.
     *
     * @return the address of the cluster
     * @throws UserError if the port is taken or a process ends
     */
    public URI start(Size size) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + size.restPort());
        if (processes().isEmpty()) {
            requireFree(size.restPort());
            for (String each : List.of("conf", "log", "checkpoints", "savepoints", "tmp")) {
                Files.createDirectories(folder.resolve(each));
            }
            Files.writeString(folder.resolve("conf").resolve(CONFIG), config(size));
            Files.writeString(folder.resolve("conf").resolve("log4j2.properties"), LOGGING);
            startJobManager(size);
        } else if (!isRunning(JOB_MANAGER)) {
            startJobManager(size);
        }
        for (int i = 1; i <= size.taskManagers(); i++) {
            if (!isRunning(TASK_MANAGER + i)) {
                startTaskManager(i, size);
            }
        }
        try {
            awaitRegistered(address, size.taskManagers());
        } catch (UserError e) {
            stop();
            throw e;
        }
        return address;
    }

    /** Starts the JobManager alone: tests kill it and start it again. */
    public void startJobManager(Size size) throws IOException {
        launch(JOB_MANAGER, StandaloneSessionClusterEntrypoint.class, size.heapMb() / 2, List.of());
    }

    /** Starts a TaskManager alone. */
    public void startTaskManager(int number, Size size) throws IOException {
        launch(
                TASK_MANAGER + number,
                TaskManagerRunner.class,
                size.heapMb(),
                List.of("-Dtaskmanager.resource-id=taskmanager-" + number));
    }

    private void awaitRegistered(URI address, int taskManagers) throws Exception {
        Deadline deadline = Deadline.in(PATIENCE);
        String last = "";
        do {
            for (String name : names()) {
                if (!isRunning(name)) {
                    throw new UserError(
                            "Process of the cluster ended: process=%s cause=%s. More is in %s"
                                    .formatted(name, cause(name), folder.resolve("log")));
                }
            }
            try (RemoteCluster cluster = RemoteCluster.at(address)) {
                if (cluster.taskManagers() >= taskManagers) {
                    return;
                }
            } catch (UserError e) {
                last = e.getMessage();
            }
        } while (deadline.isAhead());
        throw new UserError(
                "Cluster not ready: folder=%s after=%ds %s. Its logs say why: %s"
                        .formatted(folder, PATIENCE.toSeconds(), last, folder.resolve("log")));
    }

    /** Ends all processes, the JobManager last; returns how many there were. */
    public int stop() throws Exception {
        List<String> names = new ArrayList<>(names());
        names.sort((a, b) -> b.compareTo(a));
        int ended = 0;
        for (String name : names) {
            Optional<ProcessHandle> process = process(name);
            if (process.isPresent()) {
                process.get().destroy();
                try {
                    process.get().onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (java.util.concurrent.TimeoutException e) {
                    process.get().destroyForcibly();
                }
                ended++;
            }
            Files.deleteIfExists(folder.resolve(name + PID));
        }
        return ended;
    }

    /** Kills a process as {@code kill -9} does, and waits until it is gone. */
    public void kill(String name) throws Exception {
        ProcessHandle process = process(name).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
        Files.delete(folder.resolve(name + PID));
    }

    /** Returns the process ids of those that run, by name. */
    public Map<String, Long> processes() throws IOException {
        Map<String, Long> running = new LinkedHashMap<>();
        for (String name : names()) {
            process(name).ifPresent(process -> running.put(name, process.pid()));
        }
        return running;
    }

    /** Returns the folder that holds savepoints unless a command names another. */
    public Path savepoints() {
        return folder.resolve("savepoints");
    }

    /** Returns the folder of the cluster. */
    public Path folder() {
        return folder;
    }

    private List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(PID))
                    .map(name -> name.substring(0, name.length() - PID.length()))
                    .sorted()
                    .toList();
        }
    }

    private boolean isRunning(String name) throws IOException {
        return process(name).isPresent();
    }

    /** Returns the process of a name if it still is that one: process ids are used again. */
    private Optional<ProcessHandle> process(String name) {
        try {
            long pid = Long.parseLong(Files.readString(folder.resolve(name + PID)).strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(
                            process ->
                                    process.info()
                                            .commandLine()
                                            .map(line -> line.contains(MARK + name))
                                            .orElse(true));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Path log(String name) {
        return folder.resolve("log").resolve(name + ".log");
    }

    private Path output(String name) {
        return folder.resolve("log").resolve(name + ".out");
    }

    /** Returns what a process printed of why it ended, in one line. */
    private String cause(String name) throws IOException {
        return Files.readAllLines(output(name)).stream()
                .filter(line -> line.contains("Exception") || line.contains("Error"))
                .findFirst()
                .orElse("not printed");
    }

    private void launch(String name, Class<?> main, int heapMb, List<String> more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(MARK + name);
        command.addAll(
                List.of(
                        "-Xmx" + heapMb + "m",
                        "-XX:MaxMetaspaceSize=256m",
                        "-XX:+ExitOnOutOfMemoryError"));
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.endsWith("=ALL-UNNAMED"))
                .forEach(command::add);
        command.add("-Dlog.file=" + log(name));
        command.add(
                "-Dlog4j.configurationFile=" + folder.resolve("conf").resolve("log4j2.properties"));
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
        command.addAll(more);
        File console = output(name).toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(console)
                        .redirectInput(new File("/dev/null"))
                        .start();
        Files.writeString(folder.resolve(name + PID), process.pid() + "\n");
    }

    /** Returns Flink's part of this class path; the job comes with its jar. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> FLINKS.matcher(Path.of(entry).getFileName().toString()).matches())
                .filter(entry -> !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.getLocalPort();
        } catch (IOException e) {
            throw new UserError(
                    "Port in use: rest-port=%d address=127.0.0.1. Stop the program that uses it or give another --rest-port"
                            .formatted(port));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private String config(Size size) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", freePort());
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", size.restPort());
        settings.put("rest.bind-port", size.restPort());
        settings.put("taskmanager.numberOfTaskSlots", size.slots());
        settings.put("taskmanager.cpu.cores", size.slots());
        settings.put("taskmanager.memory.framework.heap.size", "64m");
        settings.put("taskmanager.memory.task.heap.size", size.heapMb() - 64 + "m");
        settings.put("taskmanager.memory.task.off-heap.size", "64m");
        settings.put("taskmanager.memory.managed.size", "16m");
        settings.put("taskmanager.memory.network.min", "64m");
        settings.put("taskmanager.memory.network.max", "64m");
        settings.put("taskmanager.memory.framework.off-heap.size", "64m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
        settings.put("taskmanager.memory.jvm-overhead.min", "128m");
        settings.put("taskmanager.memory.jvm-overhead.max", "128m");
        settings.put("heartbeat.interval", "2s");
        settings.put("heartbeat.timeout", "8s");
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put("execution.checkpointing.dir", folder.resolve("checkpoints").toUri());
        settings.put("execution.checkpointing.savepoint-dir", savepoints().toUri());
        settings.put("io.tmp.dirs", folder.resolve("tmp"));
        settings.put("classloader.resolve-order", "child-first");
        return settings.entrySet().stream()
                .map(each -> each.getKey() + ": '" + each.getValue() + "'\n")
                .collect(Collectors.joining());
    }

    private static final String LOGGING =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.file.ref = file
            appender.file.name = file
            appender.file.type = RollingFile
            appender.file.fileName = ${sys:log.file}
            appender.file.filePattern = ${sys:log.file}.%i
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
            appender.file.policies.type = Policies
            appender.file.policies.size.type = SizeBasedTriggeringPolicy
            appender.file.policies.size.size = 50MB
            appender.file.strategy.type = DefaultRolloverStrategy
            appender.file.strategy.max = 3
            """;
}

package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.microstream.standalone.cluster.FlinkProcesses;
import io.microstream.standalone.cluster.FlinkProcesses.Size;
import io.microstream.standalone.runtime.Checkpoints;
import io.microstream.testing.PostgresServer;
import io.microstream.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a cluster of real processes: what it writes is what one JVM writes. */
class ClusterITCase {

    private static final Path JAR = Path.of("..", "flink-job", "target", "microstream-job.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int UPGRADES = Integer.getInteger("microstream.upgrades", 3);

    /** A day in a quarter of a minute, so that there is time to disturb it. */
    private static final String SPEED = "--source.speed=6000";

    @TempDir private static Path folder;

    private static PostgresServer databases;
    private static FlinkProcesses cluster;
    private static Size size;
    private static URI address;
    private static Path market;
    private static String oneJvm;

    @BeforeAll
    static void begin() throws Exception {
        databases = PostgresServer.start(folder.resolve("databases"));
        cluster = new FlinkProcesses(folder.resolve("cluster"));
        size = new Size(freePort(), 1, 2, 512);
        address = cluster.start(size);
        market = folder.resolve("market");
        run("synthesize", "--symbols", "AUSDT,BUSDT", "--out", market);
        oneJvm = databases.fresh();
        run(
                "replay",
                "--agg-trades",
                market,
                "--jdbc",
                oneJvm,
                "--report",
                folder.resolve("r.json"));
    }

    @AfterAll
    static void end() throws Exception {
        cluster.stop();
        databases.close();
    }

    @AfterEach
    void cancelAll() {
        Cli.run("cancel", "--cluster", address);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static Cli run(Object... words) {
        Cli answer = Cli.run(words);
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
        return answer;
    }

    private static String refused(Object... words) {
        Cli answer = Cli.run(words);
        assertThat(answer.exitCode()).as(answer.out()).isEqualTo(1);
        assertThat(answer.err().lines()).hasSize(1);
        return answer.err();
    }

    /** The words of a command that submits the job that reads the market into a database. */
    private static Object[] job(String command, String url, Object... more) {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                command,
                                "--cluster",
                                address,
                                "--jar",
                                JAR,
                                "--source.kind=agg-trades",
                                "--source.paths=" + market,
                                "--database.url=" + url,
                                "--checkpoints.interval=500ms"));
        words.addAll(List.of(more));
        return words.toArray();
    }

    private static String printed(Cli answer, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ": +(\\S+)$").matcher(answer.out());
        assertThat(line.find()).as(answer.out()).isTrue();
        return line.group(1);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("not so: " + what).isLessThan(end);
            assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static long bars(String url) throws SQLException {
        return TestDatabase.number(url, "SELECT count(*) FROM bars");
    }

    private static void awaitState(String job, String state) throws Exception {
        await(
                job + " is " + state,
                () -> Cli.run("jobs", "--cluster", address).out().contains(job + "  " + state));
    }

    private static void assertTablesOfOneJvm(String url) {
        assertThat(run("fingerprint", "--jdbc", url).out())
                .isEqualTo(run("fingerprint", "--jdbc", oneJvm).out());
    }

    @Test
    void theJobJarHoldsNeitherFlinkNorItsLoggingNorSignatures() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(JarEntry::getName).toList();
            assertThat(names)
                    .contains("io/microstream/job/main/MarketJobMain.class", "sql/V1__tables.sql")
                    .noneMatch(name -> name.matches("org/apache/flink/.*|org/slf4j/.*"))
                    .noneMatch(name -> name.matches("org/apache/logging/.*|.*module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
            assertThat(
                            new String(
                                    jar.getInputStream(
                                                    jar.getEntry(
                                                            "META-INF/services/org.flywaydb.core.extensibility.Plugin"))
                                            .readAllBytes()))
                    .contains("PostgreSQLDatabaseType", "CoreResourceTypeProvider");
        }
    }

    /** Who reaches the REST address can run code: nobody else's machine does. */
    @Test
    void theProcessesListenOnLoopbackAlone() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "No /proc on this machine");
        Set<String> inodes = new TreeSet<>();
        for (long pid : cluster.processes().values()) {
            try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
                for (Path file : files.toList()) {
                    String target =
                            Files.isSymbolicLink(file)
                                    ? Files.readSymbolicLink(file).toString()
                                    : "";
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring(8, target.length() - 1));
                    }
                }
            }
        }
        List<String> listening = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split(" +");
                if (columns[3].equals("0A") && inodes.contains(columns[9])) {
                    listening.add(columns[1].replaceFirst(":.*", ""));
                }
            }
        }
        assertThat(listening)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(
                        local ->
                                Set.of(
                                                "0100007F",
                                                "0000000000000000FFFF00000100007F",
                                                "00000000000000000000000001000000")
                                        .contains(local));
    }

    /** Savepoint, rescaling, and the sudden end of either process in one life. */
    @Test
    void whateverHappensToTheClusterTheTablesAreThoseOfOneJvm() throws Exception {
        String url = databases.fresh();
        String first = printed(run(job("submit", url, SPEED, "--parallelism=1")), "job");
        assertThat(run("jobs", "--cluster", address).out()).contains(first + "  RUNNING");
        await("the job writes", () -> bars(url) > 300);

        Cli stopped = run("savepoint", "--cluster", address, "--stop", first.substring(0, 8));
        assertThat(printed(stopped, "state")).isEqualTo("FINISHED");
        String savepoint = printed(stopped, "savepoint");
        String second =
                printed(
                        run(job("restore", url, "--from", savepoint, SPEED, "--parallelism=2")),
                        "job");
        long before = bars(url);
        await("the restored job writes", () -> bars(url) > before + 200);

        cluster.kill("taskmanager-1");
        cluster.startTaskManager(1, size);
        long killed = bars(url);
        await("the job goes on", () -> bars(url) > killed + 200);

        cluster.kill("jobmanager");
        cluster.startJobManager(size);
        await("the cluster is there", () -> Cli.run("jobs", "--cluster", address).exitCode() == 0);
        Path checkpoint =
                Checkpoints.newest(cluster.folder().resolve("checkpoints").resolve(second))
                        .orElseThrow();
        String third = printed(run(job("restore", url, "--from", checkpoint)), "job");
        awaitState(third, "FINISHED");
        assertTablesOfOneJvm(url);
    }

    @Test
    void whatCannotBeSubmittedIsRefusedInOneLine() throws Exception {
        String url = databases.fresh();
        String job = printed(run(job("submit", url, "--source.speed=60")), "job");
        assertThat(refused(job("submit", url, "--source.symbols=BUSDT")))
                .contains("Job runs already: job=" + job, "./microstream cancel " + job);
        assertThat(refused("cancel", "--cluster", address, "0123456789"))
                .contains("No such job", "job=0123456789");
        assertThat(refused("jobs", "--cluster", "http://127.0.0.1:9"))
                .contains("Cluster not reachable: cluster=http://127.0.0.1:9", "cluster start");

        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.write(foreign.resolve("_metadata"), new byte[] {1, 2, 3});
        assertThat(refused(job("restore", databases.fresh(), "--from", foreign)))
                .contains("Checkpoint not readable");
        run("cancel", "--cluster", address, job);
        assertThat(refused("savepoint", "--cluster", address)).contains("No job runs");
    }

    /** Each upgrade loads the job's classes anew; what an earlier one loaded must be let go. */
    @Test
    void upgradesLeaveNoClassLoaderBehind() throws Exception {
        String url = databases.fresh();
        run(job("submit", url, "--source.speed=60"));
        for (int upgrade = 0; upgrade < UPGRADES; upgrade++) {
            String savepoint =
                    printed(run("savepoint", "--cluster", address, "--stop"), "savepoint");
            run(job("restore", url, "--from", savepoint, "--source.speed=60"));
        }
        // The driver's own thread ends half a minute after its last connection was closed.
        await("no class loaders but of the newest jobs", () -> classLoaders() <= 2);
    }

    /** Counts the class loaders of jobs that the TaskManager reaches, by a full collection. */
    private static long classLoaders() throws Exception {
        Process histogram =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                cluster.processes().get("taskmanager-1").toString(),
                                "GC.class_histogram")
                        .start();
        String text = new String(histogram.getInputStream().readAllBytes());
        Matcher line =
                Pattern.compile(
                                "(?m)^ *\\d+: +(\\d+) +\\d+ +org.apache.flink.util.ChildFirstClassLoader")
                        .matcher(text);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }
}

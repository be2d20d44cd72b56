package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One case of the suite, once; the whole of it is a command of its own. */
class TortureITCase {

    private static final String JAR = "microstream.job-jar";

    @BeforeEach
    void name() {
        System.setProperty(
                JAR, Path.of("..", "flink-job", "target", "microstream-job.jar").toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(JAR);
    }

    @Test
    void aStormOfTerminatedConnectionsLosesNothing() throws Exception {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Cli answer =
                Cli.run(
                        "torture",
                        "--case=backends-terminated",
                        "--times=1",
                        "--seed=3",
                        "--rest-port=" + port);
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out())
                .containsPattern("backends-terminated +3 +1 +2880 +0 +0 .* tables equal");
    }
}

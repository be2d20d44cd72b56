package io.microstream.benchmarks.live;

import io.microstream.live.ApiConfig;
import io.microstream.live.LiveServer;
import io.microstream.live.rest.Limits;
import java.io.IOException;

/**
 * The live server in a process of its own, so that its processor time is known. It says on its
 * output where it is, and ends with its input.
 */
public final class LiveServerProcess {

    /** All clients come from one address here. */
    private static final int REQUESTS_PER_SECOND = 100_000;

    private LiveServerProcess() {}

    /**
     * @param args the database's JDBC URL
     */
    public static void main(String[] args) throws IOException {
        ApiConfig config =
                ApiConfig.loopback(args[0])
                        .withLimits(
                                Limits.DEFAULT.withRate(REQUESTS_PER_SECOND, REQUESTS_PER_SECOND));
        try (LiveServer server = LiveServer.start(config)) {
            System.out.println(server.uri());
            int read = System.in.read();
            while (read >= 0) {
                read = System.in.read();
            }
        }
    }
}

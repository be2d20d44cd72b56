package io.microstream.live;

import io.microstream.live.rest.Limits;
import io.microstream.testing.PostgresServer;
import java.util.Scanner;

/**
 * A server over a filled database of its own, for tools that test servers from outside: prints its
 * address and serves until its input ends. Its rate limit is out of the way.
 */
public final class FilledServer {

    private FilledServer() {}

    /** The first argument, if there is one, is the URL of a database that is there. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            serve(args[0]);
            return;
        }
        try (PostgresServer database = FilledDatabase.start()) {
            serve(database.url());
        }
    }

    private static void serve(String url) {
        ApiConfig config =
                ApiConfig.loopback(url).withLimits(Limits.DEFAULT.withRate(100_000, 100_000));
        try (LiveServer server = LiveServer.start(config);
                Scanner input = new Scanner(System.in)) {
            System.out.println(server.uri());
            while (input.hasNextLine()) {
                input.nextLine();
            }
        }
    }
}

package io.microstream.standalone.runtime;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.live.LiveServer;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.rows.RunState;
import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves the page and its API for a database. */
public final class LivePage implements AutoCloseable {

    private static final int FIRST_PORT = 8090;
    private static final int LAST_PORT = 8119;

    private final LiveServer server;
    private final String address;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LivePage(LiveServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts serving at once, even if the database is down, and recovers by itself.
     *
     * @param trades source of the trades in case files
     * @param runs what is known of the runs that write the results
     * @throws UserError if the port is in use
     */
    public static LivePage start(
            Database database, PageSettings settings, CaseTrades trades, RunState.Source runs) {
        LiveServer server =
                LiveServer.start(
                        settings.config(database, port(settings)), trades, runs, Clock.systemUTC());
        return new LivePage(server, server.uri() + settings.tokenNote());
    }

    private static int port(PageSettings settings) {
        if (settings.port() != PageSettings.FIRST_FREE) {
            if (settings.port() != 0 && !isFree(settings, settings.port())) {
                throw new UserError(
                        "Port in use: page-port="
                                + settings.port()
                                + " address="
                                + settings.host()
                                + ". Stop the program that uses it or give another --page-port");
            }
            return settings.port();
        }
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            if (isFree(settings, port)) {
                return port;
            }
        }
        throw new UserError(
                "No free port for the page: from="
                        + FIRST_PORT
                        + " to="
                        + LAST_PORT
                        + " address="
                        + settings.host()
                        + ". Give a port with --page-port");
    }

    private static boolean isFree(PageSettings settings, int port) {
        try (ServerSocket probe =
                new ServerSocket(port, 1, InetAddress.getByName(settings.host()))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the address to open in a browser, with a note on the token if one is needed. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
        }
    }
}

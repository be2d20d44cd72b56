package io.microstream.live.cases;

import io.microstream.live.rest.ApiRequest;
import io.microstream.live.rest.ApiResponse;
import io.microstream.live.rest.Mount;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rest.Routes;
import io.microstream.live.rest.ServerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Serves case files over REST. At most {@link #AT_ONCE} are made at a time, as each may fetch from
 * the exchange and draw a chart; further requests get 429.
 */
public final class CaseRoutes implements Mount {

    /** The number of cases that may be made at a time. */
    static final int AT_ONCE = 2;

    /** Trades of a case that a server makes: it is held in memory until it is sent. */
    static final long MAX_TRADES = 500_000;

    private static final int COME_AGAIN_SECONDS = 3;

    private final CaseTrades trades;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private ServerContext server;

    /**
     * @param trades where the trades of a case come from
     */
    public CaseRoutes(CaseTrades trades) {
        this.trades = trades;
    }

    @Override
    public void mount(Routes routes, ServerContext server) {
        this.server = server;
        routes.operation("getCase", this::make);
    }

    private ApiResponse make(ApiRequest request) throws IOException {
        CaseWindow window = window(request);
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    Problem.tooManyRequests(
                            "Too many cases are being made: atOnce="
                                    + AT_ONCE
                                    + ". Try again shortly",
                            COME_AGAIN_SECONDS));
        }
        try {
            CaseRows rows =
                    found(
                            () ->
                                    server.database()
                                            .readOneState(
                                                    connection ->
                                                            CaseRows.read(connection, window)));
            return answer(rows);
        } finally {
            free.release();
        }
    }

    private static CaseWindow window(ApiRequest request) {
        return window(request.text("symbol"), request.time("open_time"), request.number("minutes"));
    }

    private ApiResponse answer(CaseRows rows) throws IOException {
        Path file = Files.createTempFile("microstream-case-", ".zip");
        try {
            CaseFile.write(rows, trades, MAX_TRADES, file);
            String name = rows.window().fileName();
            return new ApiResponse(
                    200,
                    ApiResponse.ZIP,
                    Files.readAllBytes(file),
                    Map.of(
                            "Content-Disposition",
                            "attachment; filename=\"" + name + "\"",
                            "Content-Encoding",
                            "identity"));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Returns a window, or refuses it with 400. */
    public static CaseWindow window(String symbol, Instant openTime, int minutes) {
        try {
            return new CaseWindow(symbol, openTime.toEpochMilli(), minutes);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.badRequest(e.getMessage()));
        }
    }

    /** Returns what was read, or refuses with 404 where the database has no such minute. */
    public static <T> T found(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (NoSuchMinuteException e) {
            throw new ProblemException(
                    e.isSymbolUnknown()
                            ? Problem.unknownSymbol(e.getMessage())
                            : Problem.notThere(e.getMessage()));
        }
    }
}

package io.microstream.live.casefile;

import io.microstream.live.rest.Answer;
import io.microstream.live.rest.Call;
import io.microstream.live.rest.Mount;
import io.microstream.live.rest.Parts;
import io.microstream.live.rest.Problem;
import io.microstream.live.rest.ProblemException;
import io.microstream.live.rest.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Case files over REST. At most {@link #AT_ONCE} are made at a time, since each may fetch from the
 * exchange and draw; others are told to come again.
 */
public final class CaseRoutes implements Mount {

    /** Cases that are made at a time. */
    static final int AT_ONCE = 2;

    /** Trades of a case that a server makes: it is held in memory until it is sent. */
    static final long MAX_TRADES = 500_000;

    private static final int COME_AGAIN_SECONDS = 3;

    private final CaseTrades trades;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private Parts parts;

    /**
     * @param trades where the trades of a case come from
     */
    public CaseRoutes(CaseTrades trades) {
        this.trades = trades;
    }

    @Override
    public void mount(Routes routes, Parts with) {
        this.parts = with;
        routes.operation("getCase", this::make);
    }

    private Answer make(Call call) throws IOException {
        CaseWindow window = window(call);
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
                    LabelRoutes.found(
                            () ->
                                    parts.database()
                                            .readOneState(
                                                    connection ->
                                                            CaseRows.read(connection, window)));
            return answer(rows);
        } finally {
            free.release();
        }
    }

    private static CaseWindow window(Call call) {
        return LabelRoutes.window(
                call.text("symbol"), call.time("open_time"), call.number("minutes"));
    }

    private Answer answer(CaseRows rows) throws IOException {
        Path file = Files.createTempFile("microstream-case-", ".zip");
        try {
            CaseFile.write(rows, trades, MAX_TRADES, file);
            String name = rows.window().fileName();
            return new Answer(
                    200,
                    Answer.ZIP,
                    Files.readAllBytes(file),
                    Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}

package io.microstream.live.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.LiveDatabase;
import io.microstream.live.rows.Database;
import io.microstream.live.rows.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFileTest {

    @TempDir private Path folder;

    private static final CaseMarket MARKET = new CaseMarket();
    private static LiveDatabase server;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        server = LiveDatabase.start();
        MARKET.writeTo(server);
        database =
                Database.open(
                        new DatabaseAddress(server.url(), null, null),
                        1,
                        Duration.ofSeconds(10),
                        null);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        server.close();
    }

    private static CaseRows rows(int minute, int minutes) {
        return database.readOneState(
                connection ->
                        CaseRows.read(
                                connection,
                                new CaseWindow(
                                        CaseMarket.SYMBOL, CaseMarket.minuteMs(minute), minutes)));
    }

    private Path write(CaseRows rows, CaseTrades trades) throws IOException {
        Path file = folder.resolve("case.zip");
        CaseFile.write(rows, trades, file);
        return file;
    }

    @Test
    void look() throws Exception {
        CaseFile made =
                CaseFile.write(
                        rows(CaseMarket.CRASH, 15),
                        MARKET.exchange(),
                        Path.of("/tmp/case-look.zip"));
        System.out.println(made);
        assertThat(Files.size(Path.of("/tmp/case-look.zip"))).isPositive();
    }
}

package io.microstream.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Fault.Ending;
import io.microstream.binance.replay.exchange.faults.Fault.Garbling;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.testing.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultCheckTest {

    private static final String BTC = "BTCUSDT";
    private static final RunInput INPUT =
            new LiveInput(Set.of(BTC), URI.create("ws://127.0.0.1:1"), 0);
    private static final Fault RESET = new Fault.Disconnect(Ending.RESET, 5);

    @TempDir private static Path folder;
    private static PostgresServer databases;
    private static Results results;

    @BeforeAll
    static void start() throws Exception {
        databases = PostgresServer.start(folder.resolve("database"));
        Database database = Database.at(databases.fresh());
        Schema.migrate(database);
        results = Results.of(database);
    }

    @AfterAll
    static void stop() throws Exception {
        results.close();
        databases.close();
    }

    @AfterEach
    void truncate() throws Exception {
        sql("TRUNCATE data_quality");
    }

    @Test
    void disconnectIsFoundIfReportedAndItsGapRepaired() throws Exception {
        reported("DISCONNECT", 99, 99, 0, "close 1001");
        reported("GAP", 100, 104, 5, "fetched");
        FaultCheck check = check(new InjectedFault(7, RESET, BTC, 100, 104, 5, 0));
        assertThat(check)
                .isEqualTo(
                        new FaultCheck(
                                java.util.Map.of("Disconnect", 1), 1, 5, 5, 0, 0, List.of()));
    }

    @Test
    void unreportedDisconnectIsMissed() throws Exception {
        reported("DISCONNECT", 99, 99, 0, "close 1001");
        FaultCheck check =
                check(
                        new InjectedFault(7, RESET, BTC, 100, 99, 0, 0),
                        new InjectedFault(9, RESET, BTC, 110, 109, 0, 0));
        assertThat(check.injected()).isEqualTo(2);
        assertThat(check.found()).isEqualTo(1);
        assertThat(check.missed()).singleElement().asString().startsWith("row 9 BTCUSDT");
    }

    @Test
    void partlyRepairedGapIsMissed() throws Exception {
        reported("GAP", 100, 103, 4, "fetched");
        FaultCheck check = check(new InjectedFault(7, new Fault.Skip(5), BTC, 100, 104, 5, 0));
        assertThat(check.found()).isZero();
        assertThat(check.withheld()).isEqualTo(5);
        assertThat(check.repaired()).isEqualTo(4);
    }

    @Test
    void oneGapRowMayCoverTwoFaults() throws Exception {
        reported("GAP", 100, 109, 10, "fetched");
        FaultCheck check =
                check(
                        new InjectedFault(7, new Fault.Skip(5), BTC, 100, 104, 5, 0),
                        new InjectedFault(8, new Fault.Skip(5), BTC, 105, 109, 5, 0));
        assertThat(check.found()).isEqualTo(2);
        assertThat(check.repaired()).isEqualTo(check.withheld());
    }

    @Test
    void repeatsAreCountedByDroppedDuplicates() throws Exception {
        reported("DUPLICATE", 100, 102, 0, "dropped=6");
        FaultCheck check =
                check(
                        new InjectedFault(7, new Fault.RepeatTail(3), BTC, 100, 102, 0, 3),
                        new InjectedFault(8, new Fault.RepeatTail(3), BTC, 100, 102, 0, 3));
        assertThat(check.found()).isEqualTo(2);
        assertThat(check.repeated()).isEqualTo(6);
        assertThat(check.dropped()).isEqualTo(6);
    }

    @Test
    void damagedMessageMustBeQuarantined() throws Exception {
        InjectedFault notJson =
                new InjectedFault(7, new Fault.Garble(Garbling.NOT_JSON), BTC, 100, 100, 0, 0);
        assertThat(check(notJson).found()).isZero();
        reported("MALFORMED", 1, 1, 0, "not a JSON object: <html>");
        assertThat(check(notJson).found()).isEqualTo(1);
    }

    private static FaultCheck check(InjectedFault... faults) throws Exception {
        return FaultCheck.of(List.of(faults), INPUT, results);
    }

    private static void reported(String kind, long first, long last, long repaired, String detail)
            throws Exception {
        sql(
                "INSERT INTO data_quality (symbol, detected_at, kind, first_id, last_id, missing,"
                        + " repaired, detail) VALUES ('%s', now(), '%s', %d, %d, 0, %d, '%s')"
                                .formatted(BTC, kind, first, last, repaired, detail));
    }

    private static void sql(String text) throws Exception {
        try (Statement statement = results.connection().createStatement()) {
            statement.execute(text);
        }
    }
}

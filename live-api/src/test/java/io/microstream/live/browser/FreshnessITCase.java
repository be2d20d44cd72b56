package io.microstream.live.browser;

import static io.microstream.live.browser.LiveStage.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.ApiConfig;
import io.microstream.live.LiveServer;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.market.MarketWriter;
import io.microstream.live.rows.RunState;
import io.microstream.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page over a database whose newest minute was begun and not finished. */
@ExtendWith(OnStage.class)
class FreshnessITCase {

    private static final int MINUTES = 30;
    private static final String IN_PROGRESS = "in progress";

    @TempDir private Path folder;

    private final LivePage page;
    private PostgresServer database;
    private LiveServer server;
    private volatile RunState run = RunState.UNKNOWN;

    FreshnessITCase(LiveStage stage) {
        this.page = stage.page;
    }

    @BeforeEach
    void begin() throws Exception {
        database = PostgresServer.start(folder).migrated();
        Instant first = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        MarketWriter market =
                MarketWriter.begin(
                        database.url(), 7, first.minus(MINUTES, ChronoUnit.MINUTES), BTC);
        market.minutes(MINUTES);
        market.provisional(BTC, 2);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        database.close();
    }

    /** Serves at a time after the results were committed, and opens the page. */
    private void serve(Duration later) {
        server =
                LiveServer.start(
                        ApiConfig.loopback(database.url()),
                        CaseTrades.none("it is not asked for"),
                        symbol -> run,
                        Clock.offset(Clock.systemUTC(), later));
        page.open(server.uri(), "");
        page.script("document.querySelector('#table').open = true");
    }

    private void awaitState(String state) {
        page.await(
                "the page says " + state, () -> page.text("#connection").startsWith(state + ", "));
    }

    private void awaitNothingInProgress() {
        page.await("no minute runs", () -> page.text("#running").equals("No minute in progress"));
        assertThat(page.text("#readout-price")).contains("never completed");
        page.await("the table is drawn", () -> !page.text("#table-rows").isEmpty());
        assertThat(page.text("#table-rows")).doesNotContain(IN_PROGRESS);
        assertThat(page.text("#anomalies")).doesNotContain(IN_PROGRESS);
    }

    @Test
    void aRunThatFollowsTheMarketIsLiveAndItsEndIsSeen() {
        run = RunState.LIVE;
        serve(Duration.ZERO);
        awaitState("Live");
        page.await("a minute runs", () -> page.text("#readout-price").contains(IN_PROGRESS));
        assertThat(page.element("#simulated").isDisplayed()).isFalse();

        run = RunState.ENDED;
        awaitState("Ended");
        awaitNothingInProgress();
    }

    @Test
    void aMarketThatIsPlayedIsSimulatedThoughItsMinutesAreThoseOfTheClock() {
        run = RunState.SIMULATED;
        serve(Duration.ZERO);
        awaitState("Simulated");
        page.await("a minute runs", () -> page.text("#readout-price").contains(IN_PROGRESS));
        assertThat(page.element("#simulated").isDisplayed()).isTrue();
    }

    @Test
    void aYearLaterItIsHistory() {
        serve(Duration.ofDays(366));
        awaitState("History");
        awaitNothingInProgress();
        assertThat(page.text("#connection"))
                .contains("as of " + Instant.now().atOffset(java.time.ZoneOffset.UTC).getYear());
    }
}

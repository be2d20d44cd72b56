package io.microstream.live.browser;

import static io.microstream.live.browser.LiveStage.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.LiveServer;
import io.microstream.live.market.MarketMinute;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.WebElement;

/** The page while something behind it is away: it says so in words and recovers by itself. */
@ExtendWith(OnStage.class)
@Tag(OnStage.OUTAGE)
class PageOutageITCase {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final LiveStage stage;
    private final LivePage page;

    PageOutageITCase(LiveStage stage) {
        this.stage = stage;
        this.page = stage.page;
    }

    @Test
    void pageCatchesUpAfterTheServerIsStartedAgain() throws Exception {
        stage.openPage();
        page.awaitConnection("live");
        page.script("window.notReloaded = true");
        page.element("#table summary").click();
        List<MarketMinute> missed = new ArrayList<>();
        stage.stopServer();
        try {
            page.awaitConnection("offline");
            page.await("the notice says it", () -> page.text("#notice").contains("No connection"));
            for (int i = 0; i < 3; i++) {
                missed.add(stage.market.finish(BTC));
            }
        } finally {
            stage.startServer();
        }

        page.awaitConnection("live");
        page.awaitPrice(missed.get(2).bar().close());
        for (MarketMinute minute : missed) {
            String clock = CLOCK.format(Instant.ofEpochMilli(minute.bar().openTimeMs()));
            page.await(
                    "the table has the missed minute " + clock + " as final",
                    () -> tabulated().contains(clock));
        }
        assertThat(page.script("return window.notReloaded")).isEqualTo(true);
        page.await("the notice is gone", () -> !page.showsNotice("server"));
    }

    @Test
    void pageShowsADatabaseOutageAndRecovers() throws Exception {
        stage.openPage();
        page.awaitConnection("live");

        stage.database.stop();
        try {
            page.await(
                    "the notice names the database",
                    () -> page.text("#notice").toLowerCase(Locale.ROOT).contains("database"));
        } finally {
            stage.database.startAgain();
        }

        page.await("the notice is gone", () -> !page.showsNotice("database"));
        MarketMinute minute = stage.market.finish(BTC);
        page.awaitPrice(minute.bar().close());
        page.awaitConnection("live");
    }

    @Test
    void missingAndWrongTokensAreNoticedAndTheRightOneWorks() {
        try (LiveServer guarded = stage.serverWithToken("a-token-of-some-length")) {
            page.load(guarded.uri(), "");
            page.await("the notice asks for a token", this::noticeNamesTheToken);
            page.load(guarded.uri(), "#token=wrong");
            page.await("the notice says that the token is wrong", this::noticeNamesTheToken);
            page.open(guarded.uri(), "#token=a-token-of-some-length");
            page.awaitConnection("live");
            assertThat(page.showsNotice("token")).isFalse();
        }
    }

    /** Open times in the table of minutes; those that still run say so behind the time. */
    private List<String> tabulated() {
        return page.elements("#table-rows th").stream().map(WebElement::getText).toList();
    }

    private boolean noticeNamesTheToken() {
        return page.text("#notice").toLowerCase(Locale.ROOT).contains("token");
    }
}

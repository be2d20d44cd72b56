package io.microstream.live.browser;

import static io.microstream.live.browser.LiveStage.BTC;
import static io.microstream.live.browser.LiveStage.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.market.MarketMinute;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The live page in a real browser: what is committed is seen, and what is asked for is shown. */
@ExtendWith(OnStage.class)
class LivePageITCase {

    private static final int WEIGHT_LIMIT = 500_000;
    private static final String ANOMALY = "#anomalies button[data-open-time]";

    private final LiveStage stage;
    private final LivePage page;

    LivePageITCase(LiveStage stage) {
        this.stage = stage;
        this.page = stage.page;
    }

    @BeforeEach
    void open() {
        stage.openPage();
    }

    @Test
    void firstChartsComeInLessThan500Kilobytes() {
        page.awaitConnection("live");
        assertThat(stage.chromium.traffic().bytesOfThePage()).isGreaterThan(20_000L);
        assertThat(stage.chromium.traffic().bytes()).isLessThan(WEIGHT_LIMIT);
        assertThat(page.number("performance.getEntriesByType('paint').length")).isEqualTo(2);
        for (String panel : new String[] {"price", "volume", "regimes", "anomaly", "features"}) {
            WebElement element = page.element("[data-panel=" + panel + "]");
            assertThat(element.getRect().getHeight()).as(panel).isGreaterThan(40);
            assertThat(element.getText()).as(panel).hasSizeGreaterThan(20);
        }
    }

    @Test
    void headlineShowsPriceRegimeAndHealth() {
        page.awaitConnection("live");
        assertThat(page.price()).isPositive();
        page.await("the change is shown", () -> page.text("#change").matches(".*\\d.*%"));
        assertThat(page.attribute("#regime", "data-regime"))
                .isIn("STABLE_LIQUIDITY", "HIGH_VOLATILITY", "LIQUIDITY_CRISIS");
        assertThat(page.text("#confidence")).contains("%");
        assertThat(page.text("#since")).isNotBlank();
        page.await("backfilled ids are shown", () -> page.text("#health").contains("12"));
    }

    @Test
    void provisionalRowMovesThePriceAndTheFinalRowReplacesIt() throws Exception {
        page.awaitConnection("live");
        int updates = page.updates();

        MarketMinute quarter = stage.market.provisional(BTC, 1);
        page.awaitPrice(quarter.bar().close());
        int bars = page.bars();
        MarketMinute half = stage.market.provisional(BTC, 2);
        page.awaitPrice(half.bar().close());
        MarketMinute whole = stage.market.finish(BTC);
        page.awaitPrice(whole.bar().close());

        assertThat(page.bars()).isEqualTo(bars);
        assertThat(page.updates()).isGreaterThanOrEqualTo(updates + 3);
        page.await("latency is shown", () -> page.text("#latency").contains("ms"));
    }

    @Test
    void otherSymbolIsShownAndFollowed() throws Exception {
        page.awaitConnection("live");
        page.symbol(ETH);
        MarketMinute minute = stage.market.finish(ETH);
        page.awaitPrice(minute.bar().close());

        MarketMinute next = stage.market.provisional(ETH, 3);
        page.awaitPrice(next.bar().close());
        stage.market.finish(BTC);
        page.awaitPrice(stage.market.finish(ETH).bar().close());
    }

    @Test
    void yearIsShownThroughRollUps() {
        page.range("1y");
        page.await("a year of days is held", () -> page.bars() >= 300);
        assertThat(page.attribute("[data-range='1y']", "aria-pressed")).isEqualTo("true");
        assertThat(page.attribute("[data-range='1h']", "aria-pressed")).isEqualTo("false");
        assertThat(page.bars()).isLessThan(3_000);
        assertThat(stage.chromium.traffic().urls())
                .anyMatch(url -> url.matches(".*/api/v1/bars\\?.*interval=(1h|4h|1d).*"));

        page.range("15m");
        page.await("fifteen minutes are held", () -> page.bars() >= 15 && page.bars() < 300);
    }

    @Test
    void minuteThatIsFlaggedAppearsAndOpensByClick() throws Exception {
        page.awaitConnection("live");
        MarketMinute shock = stage.market.shock(BTC);
        String time = Instant.ofEpochMilli(shock.bar().openTimeMs()).toString();
        String row = "#anomalies button[data-open-time='" + time + "']";
        page.await("the anomaly is listed", () -> !page.elements(row).isEmpty());

        page.element(row).click();
        page.await("its details are open", () -> page.element("#detail").isDisplayed());
        String detail = page.text("#detail");
        assertThat(detail).containsIgnoringCase("severity").contains("0.65");
        assertThat(detail).contains("%.1f".formatted(shock.anomaly().severity()));
        assertThat(detail.toLowerCase(Locale.ROOT))
                .contains("range")
                .contains("volume")
                .contains("taker");
        assertThat(page.attribute("#case-file", "href"))
                .startsWith("api/v1/cases/" + BTC + "/" + time);
    }

    @Test
    void anomalyOpensByKeyboardAndEscapeRestoresFocus() {
        WebElement first = page.element(ANOMALY);
        page.script("arguments[0].focus()", first);
        first.sendKeys(Keys.ENTER);
        page.await("its details are open", () -> page.element("#detail").isDisplayed());
        assertThat(
                        (Boolean)
                                page.script(
                                        "return document.querySelector('#detail').contains(document.activeElement)"))
                .isTrue();

        stage.chromium.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        page.await("its details are closed", () -> !page.element("#detail").isDisplayed());
        assertThat(stage.chromium.driver().switchTo().activeElement()).isEqualTo(first);
    }

    @Test
    void labelOfAnAnomalyIsStored() throws Exception {
        String time = page.attribute(ANOMALY, "data-open-time");
        page.element(ANOMALY).click();
        page.await("its details are open", () -> page.element("#detail").isDisplayed());
        page.element("#label-form [value=FALSE]").click();
        page.element("#label-form [name=analyst]").sendKeys("ada");
        page.element("#label-form [name=note]").sendKeys("a large order, no crisis");
        page.element("#label-form [type=submit]").click();
        page.await("it is listed", () -> page.text("#labels").contains("a large order, no crisis"));

        assertThat(page.text("#labels")).contains("ada").containsIgnoringCase("false");
        assertThat(
                        stage.stored(
                                "SELECT verdict || ' ' || note FROM labels WHERE symbol = '"
                                        + BTC
                                        + "' AND analyst = 'ada' AND open_time = timestamptz '"
                                        + time
                                        + "'"))
                .isEqualTo("FALSE a large order, no crisis");
    }

    @Test
    void caseFileOfAnAnomalyIsAZip() throws Exception {
        page.element(ANOMALY).click();
        page.await("its details are open", () -> page.element("#detail").isDisplayed());
        URI file = stage.uri().resolve("/" + page.attribute("#case-file", "href"));
        try (ZipInputStream zip = new ZipInputStream(file.toURL().openStream())) {
            List<String> names = new ArrayList<>();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
            assertThat(String.join(" ", names)).contains("bars.csv", "anomalies.csv", "chart.png");
        }
    }

    @Test
    void unknownSymbolInTheAddressIsNoticed() {
        page.load(stage.uri(), "#symbol=NOPEUSDT");
        page.await("the unknown symbol is named", () -> page.text("#notice").contains("NOPEUSDT"));
        assertThat(page.element("#symbol").findElements(By.tagName("option"))).hasSize(3);
    }
}

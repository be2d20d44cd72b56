package io.microstream.live.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page for everyone: small screens, dark rooms, keyboards, readers of screens. */
@ExtendWith(OnStage.class)
class PageReachITCase {

    private static final int PHONE = 360;

    private final LiveStage stage;
    private final LivePage page;

    PageReachITCase(LiveStage stage) {
        this.stage = stage;
        this.page = stage.page;
    }

    @Test
    void nothingIsWiderThanAPhone() {
        stage.chromium.phone(PHONE, 780);
        stage.openPage();
        assertThat(page.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(PHONE);
        assertThat(page.number("window.innerWidth")).isEqualTo(PHONE);
        page.element("#anomalies button[data-open-time]").click();
        page.await("details are open", () -> page.element("#detail").isDisplayed());
        assertThat(page.number("document.querySelector('#detail').getBoundingClientRect().right"))
                .isLessThanOrEqualTo(PHONE);
        assertThat(page.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(PHONE);
    }

    @Test
    void themeFollowsTheSystemUntilToggled() {
        stage.chromium.dark();
        stage.openPage();
        assertThat(page.attribute("html", "data-theme")).isEqualTo("dark");
        assertThat(brightness()).isLessThan(80);

        page.element("#theme").click();
        page.await(
                "the theme is light", () -> page.attribute("html", "data-theme").equals("light"));
        assertThat(brightness()).isGreaterThan(200);

        stage.openPage();
        assertThat(page.attribute("html", "data-theme")).isEqualTo("light");
    }

    private long brightness() {
        return page.number(
                "Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[1])");
    }

    @Test
    void tabReachesEveryControlAndShowsWhereItIs() {
        stage.openPage();
        long controls = page.number(CONTROLS + ".length");
        assertThat(controls).isGreaterThan(8);
        page.script("document.activeElement.blur(); window.scrollTo(0, 0)");
        Set<Object> reached = new HashSet<>();
        for (int i = 0; i < controls + 5; i++) {
            page.element("body").sendKeys("");
            stage.chromium.driver().switchTo().activeElement().sendKeys(Keys.TAB);
            reached.add(page.script("return " + CONTROLS + ".indexOf(document.activeElement)"));
            assertThat(page.script(FOCUS_IS_SEEN))
                    .as("focus is seen on control " + reached)
                    .isEqualTo(true);
        }
        reached.remove(-1L);
        assertThat(reached).hasSize((int) controls);
    }

    private static final String CONTROLS =
            "[...document.querySelectorAll('select,button,a[href],input,summary,textarea,[tabindex=\"0\"]')]"
                    + ".filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))";

    private static final String FOCUS_IS_SEEN =
            "const e = document.activeElement; if (e === document.body) return true; const s = getComputedStyle(e);"
                    + "return e.matches(':focus-visible') && (s.outlineStyle !== 'none' || s.boxShadow !== 'none')";

    @Test
    void checkerFindsNothingSeriousInLight() {
        stage.openPage();
        assertThat(seriousFindings()).isEmpty();
    }

    @Test
    void checkerFindsNothingSeriousInDark() {
        stage.chromium.dark();
        stage.openPage();
        assertThat(seriousFindings()).isEmpty();
    }

    @Test
    void checkerFindsNothingSeriousOnAPhone() {
        stage.chromium.phone(PHONE, 780);
        stage.openPage();
        assertThat(seriousFindings()).isEmpty();
    }

    @Test
    void checkerFindsNothingSeriousInAnOpenAnomaly() {
        for (boolean dark : new boolean[] {false, true}) {
            stage.begin();
            if (dark) {
                stage.chromium.dark();
            }
            stage.openPage();
            WebElement anomaly = page.element("#anomalies button[data-open-time]");
            anomaly.click();
            page.await("details are open", () -> page.element("#detail").isDisplayed());
            assertThat(seriousFindings()).isEmpty();
        }
    }

    /** The page has no frames, for which alone the checker would open a window of its own. */
    @SuppressWarnings("deprecation")
    private List<String> seriousFindings() {
        return new AxeBuilder()
                .setLegacyMode(true).analyze(stage.chromium.driver()).getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .map(PageReachITCase::sentence)
                        .toList();
    }

    private static String sentence(Rule rule) {
        return rule.getId()
                + " ("
                + rule.getImpact()
                + "): "
                + rule.getHelp()
                + " at "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}

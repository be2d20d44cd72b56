package io.microstream.live.browser;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The live page as its reader sees it; every await ends with a sentence if it is in vain. */
final class LivePage {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,]*(\\.[0-9]+)?");

    private final WebDriver driver;

    LivePage(WebDriver driver) {
        this.driver = driver;
    }

    /**
     * Loads the page anew and awaits its first charts.
     *
     * @param suffix query and fragment of the address, or ""
     */
    void open(URI uri, String suffix) {
        load(uri, suffix);
        await("the first charts are drawn", () -> "true".equals(body("data-ready")));
    }

    /** Loads the page anew, whatever comes of it. */
    void load(URI uri, String suffix) {
        driver.get("about:blank");
        driver.get(uri.resolve("/") + suffix);
    }

    void await(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE, GLANCE)
                .withMessage(() -> "waiting until " + what + "; notice=" + text("#notice"))
                .ignoring(StaleElementReferenceException.class)
                .until(ignored -> condition.getAsBoolean());
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> elements(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The text of the first such element that is to be seen, or "" without one. */
    String text(String css) {
        List<WebElement> found = elements(css);
        return found.isEmpty() ? "" : found.get(0).getText();
    }

    String attribute(String css, String name) {
        return element(css).getDomAttribute(name);
    }

    String body(String name) {
        return attribute("body", name);
    }

    /** Updates applied since the page was loaded. */
    int updates() {
        String updates = body("data-updates");
        return updates == null ? 0 : Integer.parseInt(updates);
    }

    /** Bars held, of the roll-up that is shown. */
    int bars() {
        return Integer.parseInt(body("data-bars"));
    }

    /** Whether the notice shows a text of this kind. */
    boolean showsNotice(String kind) {
        return !elements("#notice [data-kind=" + kind + "]").isEmpty();
    }

    String connection() {
        return attribute("#connection", "data-state");
    }

    /** The price shown, without grouping. */
    BigDecimal price() {
        Matcher number = NUMBER.matcher(text("#price"));
        return number.find() ? new BigDecimal(number.group().replace(",", "")) : BigDecimal.ZERO;
    }

    void awaitPrice(BigDecimal price) {
        await("the price is " + price, () -> price().compareTo(price) == 0);
    }

    void awaitConnection(String state) {
        await("the connection is " + state, () -> state.equals(connection()));
    }

    void symbol(String symbol) {
        new Select(element("#symbol")).selectByValue(symbol);
    }

    void range(String range) {
        element("#range [data-range='" + range + "']").click();
    }

    Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    long number(String script) {
        return ((Number) script("return " + script)).longValue();
    }
}

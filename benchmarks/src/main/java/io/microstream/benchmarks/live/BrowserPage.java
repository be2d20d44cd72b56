package io.microstream.benchmarks.live;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page in a headless Chromium, and the delays that it measured itself: received to drawn. */
final class BrowserPage implements AutoCloseable {

    private static final List<Path> BROWSERS =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Records the delays that the page reports to the server. */
    private static final String LISTEN =
            """
            window.seenDelays = [];
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) {
              try {
                const message = JSON.parse(data);
                if (message.type === 'seen') window.seenDelays.push(...message.latency_ms);
              } catch (notJson) { window.seenFault = String(notJson); }
              return send.call(this, data);
            };
            """;

    /** Selenium's logger, muted: it warns of a DevTools version that is not used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private BrowserPage(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens the page; empty if there is no browser here. */
    static Optional<BrowserPage> open(URI page) {
        Optional<Path> browser = BROWSERS.stream().filter(Files::isExecutable).findFirst();
        if (browser.isEmpty() || !Files.isExecutable(DRIVER)) {
            return Optional.empty();
        }
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options =
                new ChromeOptions()
                        .setBinary(browser.get().toString())
                        .addArguments(
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--window-size=1280,1000");
        ChromeDriver driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .build(),
                        options);
        try {
            driver.get(page.toString());
            driver.executeScript(LISTEN);
        } catch (WebDriverException e) {
            driver.quit();
            throw e;
        }
        return Optional.of(new BrowserPage(driver));
    }

    /** Discards the delays measured so far. */
    void begin() {
        driver.executeScript("window.seenDelays = [];");
    }

    /** Returns the delays that the page has measured since {@link #begin}. */
    Delays delays() {
        Delays delays = new Delays();
        Object seen = driver.executeScript("return window.seenDelays;");
        if (seen instanceof List<?> numbers) {
            numbers.forEach(number -> delays.add(((Number) number).longValue()));
        }
        return delays;
    }

    /** Returns the text in which the page states its own delays. */
    String words() {
        Object said =
                driver.executeScript(
                        "const at = document.querySelector('#latency');"
                                + " return at ? at.textContent.trim().replace(/\\s+/g, ' ') : 'nothing';");
        return String.valueOf(said);
    }

    @Override
    public void close() {
        driver.quit();
    }
}

package io.microstream.live.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window, driven by Debian's chromedriver, that remembers what it asked
 * the network for and what its console complained of. Names other than loopback do not resolve in
 * it. Not thread-safe.
 */
final class Chromium implements AutoCloseable {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Held, so that its level stays: it warns of DevTools bindings that are not used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final Traffic traffic = new Traffic();
    private final List<String> complaints = new ArrayList<>();

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether the Debian packages chromium and chromium-driver are installed. */
    static boolean installed() {
        return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    }

    /** Starts one, 1280 by 900 pixels, light theme. */
    static Chromium start() {
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--no-first-run",
                "--hide-scrollbars",
                "--window-size=1280,900",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .withSilent(true)
                        .build();
        Chromium chromium = new Chromium(new ChromeDriver(service, options));
        chromium.light();
        return chromium;
    }

    ChromeDriver driver() {
        return driver;
    }

    /** A screen of so many CSS pixels. */
    void screen(int width, int height) {
        metrics(width, height, 1, false);
    }

    /** A phone's screen of so many CSS pixels, touched, two dots to a pixel. */
    void phone(int width, int height) {
        metrics(width, height, 2, true);
    }

    private void metrics(int width, int height, int scale, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", width,
                        "height", height,
                        "deviceScaleFactor", scale,
                        "mobile", mobile));
    }

    /** The system prefers a light theme, and no motion, so that pictures stand still. */
    void light() {
        prefer("light");
    }

    /** The system prefers a dark theme. */
    void dark() {
        prefer("dark");
    }

    private void prefer(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", theme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Forgets cached files, stored settings, traffic and complaints. */
    void forget(String origin) {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        driver.executeCdpCommand(
                "Storage.clearDataForOrigin", Map.of("origin", origin, "storageTypes", "all"));
        read();
        traffic.forget();
        complaints.clear();
    }

    /** What it asked the network for since {@link #forget}. */
    Traffic traffic() {
        read();
        return traffic;
    }

    /** Warnings and errors of the console since {@link #forget}. */
    List<String> complaints() {
        read();
        return List.copyOf(complaints);
    }

    private void read() {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            traffic.add(entry.getMessage());
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getLevel() + " " + entry.getMessage());
            }
        }
    }

    /** Writes a PNG of what is to be seen. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Writes picture, console and traffic of a failure into a folder. */
    void evidence(Path folder, String name) throws IOException {
        picture(folder.resolve(name + ".png"));
        List<String> lines = new ArrayList<>(complaints());
        lines.addAll(traffic().urls());
        Files.write(folder.resolve(name + ".log"), lines, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.quit();
    }
}

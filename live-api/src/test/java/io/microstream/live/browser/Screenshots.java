package io.microstream.live.browser;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Pictures of the live page for a person to look at, and what it costs to open: {@code desktop.png}
 * (1280 pixels wide, as high as the page), {@code dark.png}, {@code anomaly.png} (the newest
 * anomaly opened), {@code phone.png} (390 wide). Started by {@code live-api/screenshots}.
 */
final class Screenshots {

    /** Stands for an address: a made-up market, served for as long as it takes. */
    private static final String MADE_UP = "made-up";

    private static final String ANOMALY = "#anomalies button[data-open-time]";
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int LOADS = 5;

    private final Chromium chromium;
    private final LivePage page;
    private final URI uri;
    private final String hash;
    private final Path folder;
    private final PrintStream out;

    private Screenshots(Chromium chromium, URI uri, Path folder, PrintStream out) {
        this.chromium = chromium;
        this.page = new LivePage(chromium.driver());
        this.uri = uri;
        this.hash = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        this.folder = folder;
        this.out = out;
    }

    /**
     * @param arguments folder, and the address of a page or {@value #MADE_UP}
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        if (!Chromium.installed()) {
            System.err.println("No browser: apt-get install chromium chromium-driver");
            System.exit(1);
        }
        if (arguments[1].equals(MADE_UP)) {
            try (LiveStage stage = LiveStage.open()) {
                new Screenshots(stage.chromium, stage.uri(), folder, System.out).take();
            }
        } else {
            try (Chromium chromium = Chromium.start()) {
                new Screenshots(chromium, URI.create(arguments[1]), folder, System.out).take();
            }
        }
        System.exit(0);
    }

    private void take() throws IOException {
        try {
            takeAll();
        } catch (RuntimeException e) {
            chromium.evidence(folder, "failure");
            throw e;
        }
    }

    private void takeAll() throws IOException {
        chromium.screen(DESKTOP, 900);
        cost();
        whole(DESKTOP);
        shoot("desktop");

        chromium.dark();
        chromium.screen(DESKTOP, 900);
        openCold();
        whole(DESKTOP);
        shoot("dark");

        chromium.light();
        chromium.screen(DESKTOP, 900);
        openCold();
        page.element(ANOMALY).click();
        page.await("its details are open", () -> page.element("#detail").isDisplayed());
        shoot("anomaly");

        chromium.phone(PHONE, 844);
        openCold();
        shoot("phone-first");
        chromium.phone(PHONE, (int) height());
        shoot("phone");
        for (String complaint : chromium.complaints()) {
            out.println("console: " + complaint);
        }
    }

    private void openCold() {
        chromium.driver().get("about:blank");
        chromium.forget(uri.getScheme() + "://" + uri.getRawAuthority());
        page.open(uri, hash);
        page.await("an anomaly is listed", () -> !page.elements(ANOMALY).isEmpty());
        page.awaitConnection("live");
    }

    private void whole(int width) {
        chromium.screen(width, (int) height());
    }

    private long height() {
        return page.number("document.documentElement.scrollHeight");
    }

    /** Of several loads with nothing cached: the first of a cold browser, then the median. */
    private void cost() {
        double[] paints = new double[LOADS];
        double[] contents = new double[LOADS];
        for (int i = 0; i < LOADS; i++) {
            openCold();
            paints[i] = paint("first-paint");
            contents[i] = paint("first-contentful-paint");
        }
        out.printf(
                Locale.ROOT,
                "first paint %.0f ms, median of %d loads %.0f ms; first contentful paint %.0f ms, median %.0f ms%n",
                paints[0],
                LOADS,
                median(paints),
                contents[0],
                median(contents));
        out.printf(
                Locale.ROOT,
                "page weight %.0f kB, with the first results %.0f kB in %d requests%n",
                chromium.traffic().bytesOfThePage() / 1000.0,
                chromium.traffic().bytes() / 1000.0,
                chromium.traffic().urls().size());
        if (!chromium.traffic().foreign().isEmpty()) {
            out.println("requests that leave loopback: " + chromium.traffic().foreign());
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double paint(String name) {
        return ((Number)
                        page.script(
                                "return performance.getEntriesByName(arguments[0])[0].startTime",
                                name))
                .doubleValue();
    }

    private void shoot(String name) throws IOException {
        page.script(
                "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Path file = folder.resolve(name + ".png");
        chromium.picture(file);
        out.println(file);
    }
}

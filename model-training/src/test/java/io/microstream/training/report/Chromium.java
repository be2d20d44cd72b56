package io.microstream.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a headless browser, if the machine has one that starts. */
final class Chromium {

    private static final int SECONDS = 120;

    private Chromium() {}

    /**
     * Finds a browser that shows a page; the system property {@code microstream.chromium} names
     * another.
     */
    static Optional<Path> find() throws IOException, InterruptedException {
        String named = System.getProperty("microstream.chromium", "/usr/bin/chromium");
        for (String path : List.of(named, "/usr/bin/chromium-browser", "/usr/bin/google-chrome")) {
            Path chromium = Path.of(path);
            if (Files.isExecutable(chromium) && shows(chromium)) {
                return Optional.of(chromium);
            }
        }
        return Optional.empty();
    }

    private static boolean shows(Path chromium) throws IOException, InterruptedException {
        Path page = Files.writeString(scratch().resolve("page.html"), "<p id=\"ready\">");
        return dom(chromium, page).contains("id=\"ready\"");
    }

    /**
     * Creates a folder that JUnit does not delete: a browser may still write when its main process
     * has ended.
     */
    private static Path scratch() throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "chromium").toAbsolutePath()), "run");
    }

    /** Returns the page's document after its scripts have run. */
    static String dom(Path chromium, Path page) throws IOException, InterruptedException {
        Path scratch = scratch();
        Path out = scratch.resolve("dom.html");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        chromium.toString(),
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-dev-shm-usage",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--user-data-dir=" + scratch.resolve("profile"),
                                        "--window-size=1280,2000",
                                        "--virtual-time-budget=10000",
                                        "--dump-dom",
                                        page.toUri().toString()))
                        .redirectOutput(out.toFile())
                        .redirectError(scratch.resolve("chromium.log").toFile())
                        .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("Page does not come to rest: seconds=" + SECONDS);
        }
        return Files.readString(out);
    }
}

package io.microstream.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, if the machine has one. */
final class Chromium {

    private static final int SECONDS = 120;

    private Chromium() {}

    /** Where it is; the system property {@code microstream.chromium} names another. */
    static Optional<Path> find() {
        String named = System.getProperty("microstream.chromium", "/usr/bin/chromium");
        return Stream.of(named, "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a page has become after its scripts have run. */
    static String dom(Path chromium, Path page, Path scratch)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("dom.html");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        chromium.toString(),
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
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

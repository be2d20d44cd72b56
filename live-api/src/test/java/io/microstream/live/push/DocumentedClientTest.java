package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.ApiConfig;
import io.microstream.live.LiveServer;
import io.microstream.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of {@code docs/push.md}, run as it stands there. */
class DocumentedClientTest {

    private static final Pattern CODE = Pattern.compile("```javascript\n(.*?)```", Pattern.DOTALL);

    /** The client is ended after so long, and so is the wait for its next line. */
    private static final long PATIENCE_S = 60;

    private static final String DRIVER =
            """
            let said = '';
            setInterval(() => {
              const now = [...rows.values()].map(r => `${r.open_time} ${r.close}`).sort().join(', ');
              if (now !== said) console.log(said = now);
            }, 20);
            connect(process.argv[2], ['AAA', 'BBB']);
            """;

    @Test
    void itMergesRowsAndComesBackWhereItLeftOff(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(nodeHasWebSockets(), "Skipped: no node with WebSocket on the path");
        Matcher code = CODE.matcher(Files.readString(Path.of("docs", "push.md")));
        assertThat(code.find()).isTrue();
        Path script = Files.writeString(directory.resolve("client.js"), code.group(1) + DRIVER);
        try (PostgresServer database = PostgresServer.start().migrated()) {
            database.run(
                    TableRows.bar("AAA", 0, "1.5", true), TableRows.bar("AAA", 1, "2.5", false));
            LiveServer server = LiveServer.start(ApiConfig.loopback(database.url()));
            URI uri = server.uri();
            Process client = node(script, uri);
            CompletableFuture.delayedExecutor(PATIENCE_S, TimeUnit.SECONDS)
                    .execute(client::destroyForcibly);
            try (BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.readLine())
                        .isEqualTo(TableRows.at(0) + " 1.5, " + TableRows.at(1) + " 2.5");
                database.run(TableRows.bar("AAA", 1, "2.75", true));
                assertThat(said.readLine())
                        .isEqualTo(TableRows.at(0) + " 1.5, " + TableRows.at(1) + " 2.75");
                server.close();
                database.run(
                        TableRows.bar("AAA", 0, "1.75", true), TableRows.bar("BBB", 2, "9", true));
                server = LiveServer.start(ApiConfig.loopback(database.url()).atPort(uri.getPort()));
                assertThat(said.readLine())
                        .isEqualTo(
                                TableRows.at(0)
                                        + " 1.75, "
                                        + TableRows.at(1)
                                        + " 2.75, "
                                        + TableRows.at(2)
                                        + " 9");
            } finally {
                client.destroyForcibly();
                server.close();
            }
        }
    }

    private static Process node(Path script, URI server) throws IOException {
        return new ProcessBuilder(
                        "node",
                        "--experimental-websocket",
                        "--no-warnings",
                        script.toString(),
                        server.toString().replace("http:", "ws:") + "/api/v1/stream")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static boolean nodeHasWebSockets() throws InterruptedException {
        try {
            Process node =
                    new ProcessBuilder(
                                    "node",
                                    "--experimental-websocket",
                                    "-e",
                                    "process.exit(typeof WebSocket === 'function' ? 0 : 1)")
                            .redirectErrorStream(true)
                            .start();
            return node.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

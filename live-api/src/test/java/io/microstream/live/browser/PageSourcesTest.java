package io.microstream.live.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page is complete in itself: its sources name no other host to fetch from. */
class PageSourcesTest {

    private static final Path SOURCES = Path.of("src", "main", "web");

    /** A scheme and a host, or the two slashes of an address of the same scheme in quotes. */
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:https?:|wss?:|[\"'`(])//([a-zA-Z0-9][a-zA-Z0-9.-]*\\.[a-zA-Z]{2,})");

    /** Names of vocabularies, never fetched. */
    private static final String VOCABULARY = "www.w3.org";

    @Test
    void sourcesNameNoForeignHost() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String host : hosts(Files.readString(file))) {
                    found.add(SOURCES.relativize(file) + " names " + host);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void hostsAreFoundInEveryWayOfNamingThem() {
        assertThat(hosts("<script src=\"//cdn.example.com/a.js\">"))
                .containsExactly("cdn.example.com");
        assertThat(hosts("url(//fonts.example.org/f)")).containsExactly("fonts.example.org");
        assertThat(hosts("fetch(`https://api.example.net/v1`)")).containsExactly("api.example.net");
        assertThat(hosts("new WebSocket('wss://s.example.io')")).containsExactly("s.example.io");
        assertThat(hosts("'http://www.w3.org/2000/svg' // not.a.host/ but words")).isEmpty();
    }

    private static List<String> hosts(String text) {
        List<String> hosts = new ArrayList<>();
        Matcher matcher = HOST.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).equals(VOCABULARY)) {
                hosts.add(matcher.group(1));
            }
        }
        return hosts;
    }
}

package io.microstream.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {

    private static final String SPECIAL = "@/%#&=?+:;!~*'\" \\(){}[]<>$,äß币";

    @Test
    void passwordIsTakenOutOfTheUrl() {
        JdbcUrl url =
                JdbcUrl.parse(
                        "jdbc:postgresql://h:5432/db?user=a@srv&password=p%25w%26x&sslmode=require");
        assertThat(url.url()).isEqualTo("jdbc:postgresql://h:5432/db?user=a@srv&sslmode=require");
        assertThat(url.password()).isEqualTo("p%w&x");
        assertThat(JdbcUrl.quotable(url.url())).isEqualTo(url.url());
        assertThat(JdbcUrl.parse("jdbc:postgresql:db").password()).isNull();
        assertThat(JdbcUrl.parse("jdbc:postgresql://[::1]:1,h2/db?").url())
                .isEqualTo("jdbc:postgresql://[::1]:1,h2/db");
    }

    @Test
    void specialCharactersOfPasswordsMustBeEncoded() {
        String url = "jdbc:postgresql://127.0.0.1:5432/j1?user=ms&password=p@ss/w%rd#1&x=2?y+z";
        assertThatThrownBy(() -> JdbcUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Database URL not valid: ")
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:5432/j1?user=ms&password=***.")
                .hasMessageContaining("% as %25, & as %26");
    }

    @Test
    void otherFormsAreRefusedWithTheRightOne() {
        for (String url :
                new String[] {
                    "postgres://ms:secret@127.0.0.1:5432/j2",
                    "postgresql://ms:sec/re?t@127.0.0.1:5432/j2",
                    "jdbc:postgresql://ms:secret@127.0.0.1:5432/j2",
                    "jdbc:postgresql://ms:se/cr@et@127.0.0.1:5432/j2"
                }) {
            assertThatThrownBy(() -> JdbcUrl.parse(url))
                    .hasMessageContaining("://***@127.0.0.1:5432/j2.")
                    .hasMessageContaining("Give jdbc:postgresql://HOST:PORT/DATABASE?user=NAME");
        }
    }

    @Test
    void noMessageHoldsAnyRandomPassword() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String password = password(random);
            String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
            for (String url :
                    new String[] {
                        "jdbc:postgresql://h:1/d?user=u&password=" + password,
                        "jdbc:postgresql://h:1/d?password=" + password + "&user=u",
                        "jdbc:postgresql://h:1/d?user=u&sslpassword=" + encoded,
                        "jdbc:postgresql://h:1/d?user=u&password=" + encoded,
                        "jdbc:postgresql://u:" + password + "@h:1/d",
                        "postgres://u:" + password + "@h:1/d?sslmode=require",
                        "postgresql://h:1/d?user=u&password=" + password,
                        "jdbc:mysql://h/d?user=u&password=" + password
                    }) {
                String message = JdbcUrl.quotable(url);
                assertThat(message).as("seed=%d %s", seed, url).doesNotContain(password);
                assertThat(message).as("seed=%d %s", seed, url).doesNotContain(encoded);
                try {
                    JdbcUrl parsed = JdbcUrl.parse(url);
                    assertThat(Secrets.masked(parsed.url()))
                            .as("seed=%d %s", seed, url)
                            .doesNotContain(password)
                            .doesNotContain(encoded);
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage())
                            .as("seed=%d %s", seed, url)
                            .doesNotContain(password)
                            .doesNotContain(encoded)
                            .doesNotContain(password.split("&", 2)[0] + "&");
                }
                assertThat(Secrets.masked("Unable to parse URL " + url + "\n\tat x"))
                        .as("seed=%d %s", seed, url)
                        .doesNotContain(password)
                        .doesNotContain(encoded);
            }
        }
    }

    @Test
    void trivialPasswordsDoNotGarbleOtherWords() {
        Secrets.addFrom("jdbc:postgresql://h/d?user=x&password=in");
        assertThat(Secrets.masked("string in jdbc:postgresql://h/d?password=in"))
                .isEqualTo("string *** jdbc:postgresql://h/d?password=***");
    }

    private static String password(Random random) {
        StringBuilder password = new StringBuilder("Zq7");
        for (int i = 3 + random.nextInt(12); i > 0; i--) {
            password.append(
                    random.nextInt(3) == 0
                            ? (char) ('a' + random.nextInt(26))
                            : SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        }
        return password.toString();
    }
}

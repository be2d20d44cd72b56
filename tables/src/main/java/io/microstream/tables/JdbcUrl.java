package io.microstream.tables;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * A JDBC URL of PostgreSQL, taken apart before the driver sees it: the driver's messages quote its
 * URL, so the password is not part of it.
 *
 * @param url without its password
 * @param password decoded; null if the URL has none
 */
public record JdbcUrl(String url, String password) {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final String FORM =
            "Give jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=***";
    private static final String ENCODED =
            "with special characters percent-encoded (% as %25, & as %26, + as %2B, # as %23, ? as"
                    + " %3F, space as %20), or leave the password out and set PGPASSWORD";

    private static final Pattern SERVER =
            Pattern.compile("//(?:[^/?:,\\[\\]]+|\\[[0-9A-Fa-f:.%]+])?(?::\\d{1,5})?");
    private static final Pattern AFTER_PASSWORD = Pattern.compile("(?is)(password=).*");

    /** Reaches to the last @, except where that is inside a parameter. */
    private static final Pattern USER_INFO =
            Pattern.compile("(?s)^([^?]*?//)(?:[^?]*@|(?![^?]*\\?\\w+=).*@)");

    /**
     * Takes a URL apart. From then on {@link Secrets} masks its password.
     *
     * @throws IllegalArgumentException if the driver would not accept it; the message is one line
     *     that quotes no secret
     */
    public static JdbcUrl parse(String text) {
        Secrets.addFrom(String.valueOf(text));
        if (text == null || !text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "Not a PostgreSQL URL of JDBC: jdbc="
                            + quotable(text)
                            + ". "
                            + FORM
                            + ", "
                            + ENCODED);
        }
        int question = text.indexOf('?');
        String server = text.substring(PREFIX.length(), question < 0 ? text.length() : question);
        requireServer(server, text);
        if (question < 0) {
            return new JdbcUrl(text, null);
        }
        String password = null;
        StringJoiner others = new StringJoiner("&", "?", "").setEmptyValue("");
        Set<String> known = parameters();
        for (String parameter : text.substring(question + 1).split("&")) {
            String[] parts = parameter.split("=", 2);
            if (parameter.isEmpty()) {
                continue;
            }
            if (!known.contains(parts[0])) {
                throw refused(text, "it has a parameter that the driver does not know");
            }
            String value = decoded(parts.length == 1 ? "" : parts[1], text);
            if (parts[0].equals("password")) {
                password = value;
                Secrets.add(value);
            } else {
                others.add(parameter);
            }
        }
        return new JdbcUrl(
                text.substring(0, question) + others,
                password == null || password.isEmpty() ? null : password);
    }

    /** Returns a URL as it may be quoted, whatever it is: without user information and password. */
    public static String quotable(String url) {
        String quoted = AFTER_PASSWORD.matcher(String.valueOf(url)).replaceAll("$1***");
        return Secrets.masked(USER_INFO.matcher(quoted).replaceAll("$1***@"));
    }

    private static void requireServer(String server, String text) {
        if (!server.startsWith("//")) {
            return;
        }
        int slash = server.indexOf('/', 2);
        String hosts = slash < 0 ? server : server.substring(0, slash);
        boolean accepted =
                Arrays.stream(hosts.substring(2).split(",", -1))
                        .allMatch(host -> SERVER.matcher("//" + host).matches());
        if (!accepted || server.contains("@")) {
            throw refused(text, "it names no HOST:PORT");
        }
    }

    private static String decoded(String value, String text) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused(text, "a % in it begins no percent-encoded character");
        }
    }

    private static IllegalArgumentException refused(String text, String reason) {
        return new IllegalArgumentException(
                "Database URL not valid: "
                        + reason
                        + ". jdbc="
                        + quotable(text)
                        + ". "
                        + FORM
                        + ", "
                        + ENCODED);
    }

    /** Returns the names of the parameters that the driver knows. */
    private static Set<String> parameters() {
        String example = PREFIX + "//localhost/";
        return Arrays.stream(new Driver().getPropertyInfo(example, new Properties()))
                .map(info -> info.name)
                .collect(Collectors.toSet());
    }
}

package io.microstream.tables;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the secrets of this process and replaces them in every text that leaves it: console, log,
 * report, exceptions.
 *
 * <p>Values are masked, not texts of a known form, so it does not matter who quotes them. Passwords
 * in the form of a parameter or a URL are masked even if they are unknown. Safe for any number of
 * threads.
 */
public final class Secrets {

    static final String MASK = "***";

    private static final int SHORTEST = 2;

    /** Other secrets are masked as whole words only: "in" is no secret inside "string". */
    private static final Pattern UNMISTAKABLE =
            Pattern.compile("(?s).{16,}|(?=.*[^\\p{L}\\p{N}]).{6,}");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(password(?:=|%3d))(?!\\*\\*\\*)[^&\\s\"']+");
    private static final Pattern USER_INFO =
            Pattern.compile(
                    "(?i)(postgres(?:ql)?://)[^\\s?]*@|([a-z][a-z0-9+.-]*://)[^\\s/?#@]+:[^\\s/?#@]*@");
    private static final Pattern OF_ARGUMENT =
            Pattern.compile(
                    "(?is)password=(.*)"
                            + "|jdbc:postgresql://[^:/?]*:([^?]*)@"
                            + "|(?<!jdbc:)postgres(?:ql)?://[^:/]*:(.*)@");

    /** The known secrets, the longest first, since one may be a part of another. */
    private static final Set<String> KNOWN =
            new ConcurrentSkipListSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    private Secrets() {}

    /** Adds a secret, also as it reads in URLs and in JSON. Null and empty ones are ignored. */
    public static void add(String secret) {
        if (secret == null || secret.length() < SHORTEST || secret.equals(MASK)) {
            return;
        }
        KNOWN.add(secret);
        KNOWN.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        KNOWN.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        KNOWN.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /**
     * Adds the passwords in a text such as an argument of a command: all after {@code password=},
     * up to the next {@code &} and up to the end, since an {@code &} may be part of it, and the
     * password of a URL {@code postgres://user:password@host}.
     */
    public static void addFrom(String argument) {
        Matcher found = OF_ARGUMENT.matcher(argument);
        while (found.find()) {
            for (int group = 1; group <= found.groupCount(); group++) {
                if (found.group(group) != null) {
                    addEncoded(found.group(group));
                    addEncoded(found.group(group).split("&", 2)[0]);
                }
            }
        }
    }

    private static void addEncoded(String secret) {
        add(secret);
        try {
            add(URLDecoder.decode(secret, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Not percent-encoded: then it is what it is.
            return;
        }
    }

    /** Returns the text with {@value #MASK} in place of every secret; null for null. */
    public static String masked(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : KNOWN) {
            if (masked.contains(secret)) {
                masked = without(masked, secret);
            }
        }
        String lower = masked.toLowerCase(Locale.ROOT);
        if (lower.contains("password")) {
            masked = PARAMETER.matcher(masked).replaceAll("$1***");
        }
        if (lower.contains("://") && lower.contains("@")) {
            masked = USER_INFO.matcher(masked).replaceAll("$1$2***@");
        }
        return masked;
    }

    private static String without(String text, String secret) {
        if (UNMISTAKABLE.matcher(secret).matches()) {
            return text.replace(secret, MASK);
        }
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, from)) {
            int end = at + secret.length();
            masked.append(text, from, at).append(isWord(text, at, end) ? MASK : secret);
            from = end;
        }
        return masked.append(text, from, text.length()).toString();
    }

    private static boolean isWord(String text, int from, int end) {
        return isEdge(text, from - 1, from) && isEdge(text, end - 1, end);
    }

    private static boolean isEdge(String text, int left, int right) {
        return left < 0
                || right >= text.length()
                || !Character.isLetterOrDigit(text.charAt(left))
                || !Character.isLetterOrDigit(text.charAt(right))
                || left >= 2 && text.charAt(left - 2) == '%';
    }
}

package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a recording: when, what, and the address asked if it is an answer of REST.
 *
 * <p>Three forms: {@code 1723161253937085768 {json}} (nanoseconds), {@code 1633998512.0633569:
 * {json}} (seconds), {@code https://… -> 1633998512.320639: {json}}.
 *
 * @param timeUs microseconds since the epoch
 * @param url null for a message of a stream, and where the recorder kept none
 * @param json the message; each char is a byte
 */
record RecordedMessage(long timeUs, String url, String json) {

    private static final Pattern NANOS = Pattern.compile("([0-9]{19}) (\\{.*)");
    private static final Pattern SECONDS =
            Pattern.compile("(?:(https?://.*) -> )?([0-9]{1,10}(?:\\.[0-9]+)?): ([{\\[].*)");
    private static final String STREAM = "{\"stream\":\"";
    private static final String DATA = "\",\"data\":";
    private static final String SNAPSHOT = "{\"lastUpdateId\":";

    /** Reads a line; null if it has none of the forms. */
    static RecordedMessage read(String line) {
        Matcher nanos = NANOS.matcher(line);
        if (nanos.matches()) {
            return new RecordedMessage(Long.parseLong(nanos.group(1)) / 1000, null, nanos.group(2));
        }
        Matcher seconds = SECONDS.matcher(line);
        if (!seconds.matches()) {
            return null;
        }
        long timeUs =
                new BigDecimal(seconds.group(2))
                        .movePointRight(6)
                        .setScale(0, RoundingMode.DOWN)
                        .longValueExact();
        return new RecordedMessage(timeUs, seconds.group(1), seconds.group(3));
    }

    /** Returns true for a message of a combined stream. */
    boolean isFrame() {
        return url == null
                && json.startsWith(STREAM)
                && (json.endsWith("}}") || json.endsWith("]}"))
                && json.indexOf(DATA) > 0;
    }

    /** Returns the message of a combined stream, or null if it is none. */
    RecordedFrame frame() {
        if (!isFrame()) {
            return null;
        }
        int data = json.indexOf(DATA);
        String name = json.substring(STREAM.length(), data);
        String payload = json.substring(data + DATA.length(), json.length() - 1);
        return new RecordedFrame(
                timeUs, new String(name.getBytes(ISO_8859_1), UTF_8), payload.getBytes(ISO_8859_1));
    }

    /** Returns true for an order book as REST gives it. */
    boolean isSnapshot() {
        return json.startsWith(SNAPSHOT) && (url == null || url.contains("/depth?"));
    }

    /** Returns true for the reply to a control message, and for an answer of REST. */
    boolean isReply() {
        return url != null || json.startsWith("{\"result\":") || json.startsWith("{\"error\":");
    }
}

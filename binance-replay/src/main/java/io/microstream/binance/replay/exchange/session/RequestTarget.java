package io.microstream.binance.replay.exchange.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Path and query of a request, decoded.
 *
 * @param query the last value of each parameter
 */
public record RequestTarget(String path, Map<String, String> query) {

    /**
     * @throws IllegalArgumentException if an escape is malformed
     */
    public static RequestTarget read(String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : pathAndQuery.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(
                            decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return new RequestTarget(decode(path), query);
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0
                ? text
                : URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}

package io.microstream.binance.feed;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a client says to the streams: the URL it opens and the messages it sends. */
final class ControlMessages {

    /** Streams named in one message; what Binance allows is not documented. */
    private static final int NAMES = 200;

    /** Streams named in a URL; it may hold about 8,000 characters. */
    private static final int NAMES_IN_URL = 50;

    private long lastRequest;

    /** The combined streams in microseconds; the first streams named in the URL. */
    static URI url(URI base, List<String> streams) {
        List<String> named = streams.subList(0, Math.min(NAMES_IN_URL, streams.size()));
        StringBuilder url = new StringBuilder(base.toString());
        if (url.charAt(url.length() - 1) == '/') {
            url.setLength(url.length() - 1);
        }
        url.append("/stream?streams=");
        for (int i = 0; i < named.size(); i++) {
            url.append(i == 0 ? "" : "/").append(ascii(named.get(i)));
        }
        return URI.create(url.append("&timeUnit=MICROSECOND").toString());
    }

    /** The streams that the URL could not name. */
    static List<String> beyondUrl(List<String> streams) {
        return streams.subList(Math.min(NAMES_IN_URL, streams.size()), streams.size());
    }

    private static String ascii(String stream) {
        int at = stream.indexOf('@');
        return URLEncoder.encode(stream.substring(0, at), StandardCharsets.UTF_8)
                + stream.substring(at);
    }

    List<String> subscribe(List<String> streams) {
        return messages("SUBSCRIBE", streams);
    }

    List<String> unsubscribe(List<String> streams) {
        return messages("UNSUBSCRIBE", streams);
    }

    private List<String> messages(String method, List<String> streams) {
        List<String> messages = new ArrayList<>();
        for (int from = 0; from < streams.size(); from += NAMES) {
            List<String> named = streams.subList(from, Math.min(streams.size(), from + NAMES));
            messages.add(
                    "{\"method\":\""
                            + method
                            + "\",\"params\":[\""
                            + String.join("\",\"", named)
                            + "\"],\"id\":"
                            + ++lastRequest
                            + "}");
        }
        return messages;
    }
}

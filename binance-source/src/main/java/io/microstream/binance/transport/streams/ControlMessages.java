package io.microstream.binance.transport.streams;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What a client says to the streams: the URL it opens and the messages it sends. */
public final class ControlMessages {

    /** Streams named in one message; what Binance allows is not documented. */
    private static final int NAMES = 200;

    private long lastRequest;

    /**
     * Combined streams, in microseconds. None is named here: JDK 17's WebSocket may garble what a
     * server sends in bulk right behind its handshake.
     */
    public static URI url(URI base) {
        String host = base.toString();
        String slash = host.endsWith("/") ? "" : "/";
        return URI.create(host + slash + "stream?timeUnit=MICROSECOND");
    }

    public List<String> subscribe(List<String> streams) {
        return messages("SUBSCRIBE", streams);
    }

    public List<String> unsubscribe(List<String> streams) {
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

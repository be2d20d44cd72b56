package io.microstream.binance.transport.streams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Writes what a client sends to the streams: the URL that it opens and its control messages. */
final class ControlMessages {

    private static final JsonFactory JSON = new JsonFactory();

    /** The most streams named in one message; what Binance allows is not documented. */
    private static final int NAMES = 200;

    private long lastRequest;

    /**
     * Returns the URL of combined streams with times in microseconds. It names no stream: JDK 17's
     * WebSocket may garble what a server sends in bulk right behind its handshake.
     */
    static URI url(URI base) {
        String host = base.toString();
        String slash = host.endsWith("/") ? "" : "/";
        return URI.create(host + slash + "stream?timeUnit=MICROSECOND");
    }

    /** Returns the messages that subscribe to the streams; none if there are no streams. */
    List<String> subscribe(List<String> streams) {
        return messages("SUBSCRIBE", streams);
    }

    /** Returns the messages that end the subscriptions; none if there are no streams. */
    List<String> unsubscribe(List<String> streams) {
        return messages("UNSUBSCRIBE", streams);
    }

    private List<String> messages(String method, List<String> streams) {
        List<String> messages = new ArrayList<>();
        for (int from = 0; from < streams.size(); from += NAMES) {
            List<String> named = streams.subList(from, Math.min(streams.size(), from + NAMES));
            messages.add(message(method, named));
        }
        return messages;
    }

    private String message(String method, List<String> streams) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("method", method);
            json.writeArrayFieldStart("params");
            for (String stream : streams) {
                json.writeString(stream);
            }
            json.writeEndArray();
            json.writeNumberField("id", ++lastRequest);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

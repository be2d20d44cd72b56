package io.microstream.binance.replay.exchange.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The streams and the form that a handshake asks for.
 *
 * @param combined true for {@code /stream}
 * @param micro true if times are to be in microseconds
 */
record StreamTarget(boolean combined, boolean micro, List<StreamName> names) {

    /** Reads a handshake's target; null if there is no such place or a name is malformed. */
    static StreamTarget read(String pathAndQuery) {
        RequestTarget target;
        try {
            target = RequestTarget.read(pathAndQuery);
        } catch (IllegalArgumentException malformedEscape) {
            return null;
        }
        String path = target.path();
        boolean combined = path.equals("/stream");
        if (!combined && !path.equals("/ws") && !path.startsWith("/ws/")) {
            return null;
        }
        String streams =
                combined
                        ? target.query().getOrDefault("streams", "")
                        : path.substring(Math.min(path.length(), "/ws/".length()));
        List<StreamName> names = names(streams);
        String unit = target.query().getOrDefault("timeUnit", "MILLISECOND");
        return names == null
                ? null
                : new StreamTarget(combined, unit.equalsIgnoreCase("MICROSECOND"), names);
    }

    private static List<StreamName> names(String streams) {
        List<StreamName> names = new ArrayList<>();
        for (String text : streams.split("/")) {
            StreamName name = text.isEmpty() ? null : StreamName.read(text);
            if (name == null && !text.isEmpty()) {
                return null;
            }
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}

package io.microstream.binance.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Records the calls of a listener: {@code opened}, frames as text, {@code closed CODE REASON}. */
final class StreamRecorder implements StreamListener {

    final List<String> events = new ArrayList<>();

    /** When each frame came. */
    final List<Long> receivedMs = new ArrayList<>();

    private boolean ended;
    private Runnable onFrame = () -> {};

    /** Does something at each frame too. */
    StreamRecorder onFrame(Runnable action) {
        onFrame = action;
        return this;
    }

    boolean ended() {
        return ended;
    }

    String last() {
        return events.get(events.size() - 1);
    }

    List<String> frames() {
        return events.stream()
                .filter(event -> !event.equals("opened") && !event.startsWith("closed "))
                .toList();
    }

    @Override
    public void opened() {
        events.add("opened");
    }

    @Override
    public void frame(byte[] bytes, int from, int to, long received) {
        receivedMs.add(received);
        events.add(new String(bytes, from, to - from, UTF_8));
        onFrame.run();
    }

    @Override
    public void closed(int code, String reason) {
        events.add("closed " + code + " " + reason);
        ended = true;
    }
}

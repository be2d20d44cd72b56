package io.microstream.binance.trades;

import io.microstream.binance.transport.websocket.StreamConnection;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.binance.transport.websocket.StreamTransport;
import io.microstream.market.Trade;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Connections that do what a test says. */
final class ScriptedStreams implements StreamTransport {

    /** One connection, the exchange's end. */
    final class Wire implements StreamConnection {
        final URI uri;
        final List<String> said = new ArrayList<>();
        final List<Long> saidAt = new ArrayList<>();
        boolean opened;
        boolean ended;
        boolean closedByUs;
        boolean aborted;
        private final StreamListener listener;
        private long lastFrameNanos;

        private Wire(URI uri, StreamListener listener) {
            this.uri = uri;
            this.listener = listener;
        }

        void open() {
            opened = true;
            lastFrameNanos = time.nanos();
            listener.opened();
        }

        void show(Trade trade) {
            show(NumberedTrades.frame(trade));
        }

        void show(byte[] frame) {
            lastFrameNanos = time.nanos();
            listener.frame(frame, 0, frame.length, 0);
        }

        /** Receives a ping, which does not reach the listener. */
        void ping() {
            lastFrameNanos = time.nanos();
        }

        void end(int code, String reason) {
            ended = true;
            listener.closed(code, reason);
        }

        @Override
        public void send(String text) {
            said.add(text);
            saidAt.add(time.nanos());
        }

        @Override
        public void close() {
            closedByUs = true;
            if (closing) {
                time.loop.execute(() -> endOnce(1000));
            }
        }

        @Override
        public void abort() {
            aborted = true;
            time.loop.execute(() -> endOnce(StreamListener.NO_CODE));
        }

        private void endOnce(int code) {
            if (!ended) {
                end(code, "");
            }
        }

        @Override
        public long lastFrameNanos() {
            return lastFrameNanos;
        }
    }

    final List<Wire> wires = new ArrayList<>();

    /** True if a connection opens by itself at once. */
    boolean opening = true;

    /** True if the exchange answers a close frame. */
    boolean closing = true;

    private final VirtualTime time;

    ScriptedStreams(VirtualTime time) {
        this.time = time;
    }

    @Override
    public StreamConnection open(URI uri, StreamListener listener) {
        Wire wire = new Wire(uri, listener);
        wires.add(wire);
        if (opening) {
            time.loop.execute(wire::open);
        }
        return wire;
    }

    Wire newest() {
        return wires.get(wires.size() - 1);
    }

    List<Wire> alive() {
        return wires.stream().filter(wire -> !wire.ended).toList();
    }
}

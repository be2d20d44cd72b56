package io.microstream.binance.trades.simulation;

import io.microstream.binance.replay.exchange.session.ClientPort;
import io.microstream.binance.replay.exchange.session.Handshake;
import io.microstream.binance.replay.exchange.session.StreamSession;
import io.microstream.binance.transport.websocket.StreamConnection;
import io.microstream.binance.transport.websocket.StreamListener;
import io.microstream.binance.transport.websocket.StreamTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Connections to the simulated exchange over a network with latency and jitter, in order within a
 * connection. Pings are answered by the network's side, as the JDK does; messages wait in an inbox
 * of limited size for the client's loop.
 */
final class SimulatedTransport implements StreamTransport {

    private static final long CLOSE_PATIENCE = Duration.ofSeconds(5).toNanos();

    private final SimulatedExchange exchange;
    private final SimulatedTime time;
    private final SplittableRandom chance;
    private final int inboxBytes;
    private final List<Link> links = new ArrayList<>();

    /** Receives each text message just before the client does. */
    private Consumer<byte[]> tap = message -> {};

    final List<Long> attempts = new ArrayList<>();

    /** For how long there was no connection, each time. */
    final List<Duration> outages = new ArrayList<>();

    private long cutNanos = -1;
    int mostAtATime;

    SimulatedTransport(
            SimulatedExchange exchange, SimulatedTime time, SplittableRandom chance, int inbox) {
        this.exchange = exchange;
        this.time = time;
        this.chance = chance;
        this.inboxBytes = inbox;
    }

    void tap(Consumer<byte[]> receiver) {
        tap = receiver;
    }

    @Override
    public StreamConnection open(URI uri, StreamListener listener) {
        attempts.add(time.nanos());
        Link link = new Link(listener);
        links.add(link);
        int wanted = (int) links.stream().filter(each -> !each.left).count();
        mostAtATime = Math.max(mostAtATime, wanted);
        String target = uri.getRawPath() + "?" + uri.getRawQuery();
        time.world.afterNanos(link.latency(), () -> link.handshake(target));
        return link;
    }

    /** Simulates the death of the process: all connections end, and no listener is called. */
    void die() {
        for (Link link : List.copyOf(links)) {
            link.dead = true;
            link.leave();
        }
        links.clear();
    }

    /** One connection, both ends. */
    private final class Link implements StreamConnection, ClientPort {

        private final StreamListener listener;
        private final long baseLatency = 2_000_000 + chance.nextLong(80_000_000);
        private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
        private StreamSession session;
        private long lastArrival;
        private long lastDeparture;
        private long lastFrameNanos = time.nanos();
        private int inboxSize;
        private int epoch;
        private boolean opened;
        private boolean reported;
        private boolean scheduled;
        private boolean left;
        private boolean dead;
        private Integer ending;
        private String reason = "";

        Link(StreamListener listener) {
            this.listener = listener;
        }

        long latency() {
            return baseLatency + chance.nextLong(20_000_000);
        }

        void handshake(String target) {
            if (left) {
                return;
            }
            lastArrival = time.nanos() + latency();
            time.world.afterNanos(lastArrival - time.nanos(), this::accepted);
            Handshake answer = exchange.connect(target, this);
            if (answer instanceof Handshake.Accepted accepted) {
                session = accepted.session();
            } else if (answer instanceof Handshake.Refused refused) {
                epoch++;
                arrive(() -> over(REFUSED_CODE, "HTTP " + refused.status() + ": host=exchange."));
            }
        }

        private static final int REFUSED_CODE = StreamListener.REFUSED;

        private void accepted() {
            if (session != null) {
                opened = true;
                lastFrameNanos = time.nanos();
                schedule();
            }
        }

        /** Runs at the client when what is sent now gets there, if it does. */
        private void arrive(Runnable what) {
            lastArrival = Math.max(lastArrival, time.nanos() + latency());
            int sent = epoch;
            time.world.afterNanos(
                    lastArrival - time.nanos(),
                    () -> {
                        if (sent == epoch && ending == null) {
                            lastFrameNanos = time.nanos();
                            what.run();
                        }
                    });
        }

        /** Runs at the exchange when what is sent now gets there. */
        private void depart(Consumer<StreamSession> what) {
            lastDeparture = Math.max(lastDeparture, time.nanos() + latency());
            time.world.afterNanos(
                    lastDeparture - time.nanos(),
                    () -> {
                        if (session != null) {
                            exchange.apply(session, what);
                        }
                    });
        }

        private void came(byte[] message) {
            if (inboxSize + message.length > inboxBytes) {
                over(StreamListener.OVERFLOW, "");
                leave();
                return;
            }
            inbox.add(message);
            inboxSize += message.length;
            schedule();
        }

        private void over(int code, String why) {
            if (ending == null) {
                ending = code;
                reason = why;
                left = true;
                schedule();
            }
        }

        private void restored() {
            if (cutNanos >= 0) {
                outages.add(Duration.ofNanos(time.nanos() - cutNanos));
                cutNanos = -1;
            }
        }

        private void schedule() {
            if (!scheduled && !dead) {
                scheduled = true;
                time.client.execute(this::drain);
            }
        }

        private void drain() {
            scheduled = false;
            if (dead) {
                return;
            }
            if (opened && !reported) {
                reported = true;
                restored();
                listener.opened();
            }
            for (byte[] next = inbox.poll(); next != null; next = inbox.poll()) {
                inboxSize -= next.length;
                tap.accept(next);
                listener.frame(next, 0, next.length, 0);
            }
            if (ending != null && links.remove(this)) {
                if (reported && links.stream().noneMatch(each -> each.reported)) {
                    cutNanos = time.nanos();
                }
                listener.closed(ending, reason);
            }
        }

        /** The exchange learns that the client has gone. */
        private void leave() {
            left = true;
            depart(gone -> gone.onClosed(time.nanos()));
        }

        @Override
        public void send(String text) {
            if (opened && ending == null && !left) {
                depart(open -> open.onText(text, time.nanos()));
            }
        }

        @Override
        public void close() {
            leave();
            long answer = halfOpen ? CLOSE_PATIENCE : 2 * latency();
            time.world.afterNanos(answer, () -> over(1000, ""));
        }

        @Override
        public void abort() {
            leave();
            over(StreamListener.NO_CODE, "");
        }

        @Override
        public long lastFrameNanos() {
            return lastFrameNanos;
        }

        @Override
        public boolean hasWaiting() {
            return !inbox.isEmpty();
        }

        private boolean halfOpen;

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void text(byte[] utf8, int from, int length) {
            byte[] message = Arrays.copyOfRange(utf8, from, from + length);
            arrive(() -> came(message));
        }

        @Override
        public void fragmented(byte[] utf8, int from, int length, int pieces) {
            text(utf8, from, length);
        }

        @Override
        public void ping(byte[] payload) {
            byte[] copy = payload.clone();
            arrive(() -> depart(open -> open.onPong(copy, time.nanos())));
        }

        @Override
        public void pong(byte[] payload) {
            arrive(() -> {});
        }

        @Override
        public void close(int code, String why) {
            arrive(() -> over(code, why));
        }

        @Override
        public void abrupt() {
            arrive(() -> over(StreamListener.NO_CODE, ""));
        }

        /** What is on its way is lost with it. */
        @Override
        public void reset() {
            epoch++;
            lastArrival = 0;
            arrive(() -> over(StreamListener.NO_CODE, "Connection reset"));
        }

        @Override
        public void stopReading() {
            halfOpen = true;
        }
    }
}

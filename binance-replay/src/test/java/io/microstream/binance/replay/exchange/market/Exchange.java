package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.microstream.binance.replay.exchange.rest.RestCall;
import io.microstream.binance.replay.exchange.session.Handshake;
import io.microstream.binance.replay.exchange.session.StreamSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A core in virtual time, with clients that record. */
public final class Exchange {

    private static final Pattern ID = Pattern.compile("\"a\":(\\d+)");

    final ExchangeCore core;
    long now;

    Exchange(ExchangeConfig config, List<Listing> listings, PlannedFault... faults) {
        core = new ExchangeCore(config, listings, Arrays.asList(faults), 7);
    }

    /** BTCUSDT alone, in lockstep, a trade every 10 ms. */
    public static Exchange btc(int trades, PlannedFault... faults) {
        return new Exchange(
                ExchangeConfig.lockstep(Set.of("btcusdt@aggTrade")),
                List.of(Market.listing("BTCUSDT", trades, 10_000)),
                faults);
    }

    public static PlannedFault at(long row, Fault fault) {
        return new PlannedFault(row, fault);
    }

    /** A client connection that records what it receives. */
    final class Client {
        final RecordingPort port = new RecordingPort();
        final StreamSession session;
        private int answered;

        Client(String pathAndQuery) {
            Handshake answer = core.connect(pathAndQuery, "127.0.0.1", port, now);
            assertThat(answer).isInstanceOf(Handshake.Accepted.class);
            session = ((Handshake.Accepted) answer).session();
        }

        String send(String text) {
            int before = port.texts.size();
            session.onText(text, now);
            return port.texts.size() > before ? port.texts.get(before) : null;
        }

        /** Answers the pings received since the last call. */
        void pong() {
            for (; answered < port.pings.size() && port.end == null; answered++) {
                session.onPong(port.pings.get(answered).getBytes(US_ASCII), now);
            }
        }

        List<Long> ids() {
            return Exchange.ids(port.texts);
        }
    }

    public static List<Long> ids(List<String> texts) {
        List<Long> ids = new ArrayList<>();
        for (String text : texts) {
            Matcher id = ID.matcher(text);
            if (id.find()) {
                ids.add(Long.parseLong(id.group(1)));
            }
        }
        return ids;
    }

    public static List<Long> range(long first, long last) {
        List<Long> ids = new ArrayList<>();
        for (long id = first; id <= last; id++) {
            ids.add(id);
        }
        return ids;
    }

    Client connect(String pathAndQuery) {
        return new Client(pathAndQuery);
    }

    Handshake.Refused refused(String pathAndQuery) {
        Handshake answer = core.connect(pathAndQuery, "127.0.0.1", new RecordingPort(), now);
        assertThat(answer).isInstanceOf(Handshake.Refused.class);
        return (Handshake.Refused) answer;
    }

    /** Plays until only something that comes in can move the market, or time must pass. */
    long play() {
        long next = core.advance(now);
        while (next <= now) {
            next = core.advance(now);
        }
        return next;
    }

    /** Plays on, the client answering its pings. */
    void play(Client client) {
        play();
        client.pong();
        play();
    }

    /** Lets time pass, stopping at everything that is due. */
    void pass(long seconds) {
        long until = now + TimeUnit.SECONDS.toNanos(seconds);
        while (now < until) {
            now = Math.min(until, Math.max(now + 1, play()));
        }
        play();
    }

    /** The body of a REST answer with status 200. */
    String rest(String path, String... query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < query.length; i += 2) {
            parameters.put(query[i], query[i + 1]);
        }
        RestAnswer answer =
                core.rest(new RestCall("GET", path, parameters, false, "127.0.0.1"), now);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }
}

package io.microstream.binance.replay.exchange.market;

import java.util.ArrayList;
import java.util.List;

/**
 * A client that reads all, answers pings and, when the market does not move on, asks for its
 * streams again, then connects anew.
 */
final class HealingClient {

    private final Exchange exchange;
    private final List<String> streams;
    private final List<String> texts = new ArrayList<>();
    private Exchange.Client connection;
    private int taken;
    private int subscribes;
    private int connects;

    HealingClient(Exchange exchange, List<String> streams) {
        this.exchange = exchange;
        this.streams = streams;
    }

    /** Reads the market to its end. */
    List<String> read() {
        connect();
        while (!exchange.core.ended()) {
            long before = exchange.core.row();
            exchange.play(connection);
            take();
            if (connection.port.end != null) {
                connect();
            } else if (exchange.core.row() == before && !exchange.core.ended()) {
                heal();
            }
        }
        take();
        return texts;
    }

    private void heal() {
        String names = "\"" + String.join("\",\"", streams) + "\"";
        exchange.pass(1);
        long before = exchange.core.row();
        connection.send("{\"method\":\"SUBSCRIBE\",\"params\":[" + names + "],\"id\":1}");
        subscribes++;
        exchange.play(connection);
        if (exchange.core.row() == before && !exchange.core.ended()) {
            take();
            connect();
        }
    }

    private void connect() {
        exchange.pass(2);
        connects++;
        connection = exchange.connect("/stream?streams=" + String.join("/", streams));
        taken = 0;
    }

    private void take() {
        List<String> all = connection.port.texts;
        texts.addAll(all.subList(taken, all.size()));
        taken = all.size();
    }

    int subscribes() {
        return subscribes;
    }

    int connects() {
        return connects;
    }
}

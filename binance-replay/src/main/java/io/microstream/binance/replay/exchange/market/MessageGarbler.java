package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.Chance;
import io.microstream.binance.replay.exchange.faults.Fault.Garbling;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages messages of trades before they are sent. */
final class MessageGarbler {

    private static final Pattern ID = Pattern.compile("\"[at]\":");
    private static final String NEEDED = "apqT";
    private static final byte[] NOT_JSON =
            "<html><body>502 Bad Gateway</body></html>".getBytes(UTF_8);
    private static final int HUGE = 1 << 20;
    private static final int SCRATCHES = 6;
    private static final int PIECES = 3;

    private final Chance chance;

    MessageGarbler(long seed) {
        this.chance = new Chance(seed);
    }

    /** Sends the message, damaged, or a bad message and then the good one. */
    void send(StreamSubscription to, JsonWriter message, Garbling how) {
        switch (how) {
            case NOT_JSON -> extra(to, message, new JsonWriter().raw(NOT_JSON));
            case UNKNOWN_EVENT -> extra(to, message, unknownEvent(to, ""));
            case HUGE -> extra(to, message, unknownEvent(to, "x".repeat(HUGE)));
            case FRAGMENTED -> to.session.fragmented(message, PIECES);
            default -> {
                String damaged = damaged(message.text(), how);
                to.send(message.clear().raw(damaged.getBytes(UTF_8)));
            }
        }
    }

    private static void extra(StreamSubscription to, JsonWriter message, JsonWriter bad) {
        to.session.endSwap();
        to.session.send(bad);
        to.send(message);
    }

    private static JsonWriter unknownEvent(StreamSubscription to, String padding) {
        JsonWriter event = to.open(new JsonWriter());
        event.object().put("e", "novelty").put("s", to.name.symbol()).put("x", padding).end();
        return to.close(event);
    }

    private String damaged(String good, Garbling how) {
        return switch (how) {
            case TRUNCATED -> good.substring(0, good.length() / 2);
            case CORRUPT -> corrupt(good);
            case UNKNOWN_FIELD ->
                    good.replaceFirst("\"M\":true", "$0,\"x\":{\"y\":[1,\"2\",null]}");
            case NUMBER -> good.replaceAll("\"([pq])\":\"([0-9.]+)\"", "\"$1\":$2");
            case EXPONENT -> good.replaceFirst("\"p\":\"(\\d)(\\d*)\\.(\\d+)\"", exponent(good));
            case MISSING_FIELD -> good.replaceFirst(field(good) + "[^,]*,", "");
            case NULL_FIELD -> {
                String field = field(good);
                yield good.replaceFirst(field + "[^,]*,", field + "null,");
            }
            default -> throw new IllegalArgumentException("no damage to the message: how=" + how);
        };
    }

    private static String exponent(String good) {
        Matcher price = Pattern.compile("\"p\":\"(\\d+)\\.").matcher(good);
        int power = price.find() ? price.group(1).length() - 1 : 0;
        return "\"p\":\"$1.$2$3E+" + power + "\"";
    }

    /** Draws one of the fields that a trade needs, as {@code "p":}. */
    private String field(String good) {
        char key = NEEDED.charAt((int) chance.below(NEEDED.length()));
        boolean single = key == 'a' && !good.contains("\"a\":");
        return "\"" + (single ? 't' : key) + "\":";
    }

    private String corrupt(String good) {
        byte[] bytes = good.getBytes(UTF_8);
        Matcher id = ID.matcher(good);
        if (id.find()) {
            bytes[id.end() - 1] = '#';
        }
        for (int i = 0; i < SCRATCHES; i++) {
            int at = (int) chance.below(bytes.length);
            if (bytes[at] > 0) {
                bytes[at] = '#';
            }
        }
        return new String(bytes, UTF_8);
    }
}

package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.rest.RestException.Kind;
import io.microstream.binance.wire.JsonReader;
import java.net.URI;
import java.util.Locale;

/** What an answer other than 200 means, by its status and by Binance's code. */
final class RestFailures {

    private static final int BAD_SYMBOL = -1121;
    private static final int ILLEGAL_CHARACTERS = -1100;

    private record Refusal(int code, String message) {}

    private RestFailures() {}

    static RestException of(URI uri, RestResponse response) {
        Refusal refusal = refusal(response.body());
        Kind kind = kind(response.status(), refusal);
        String line =
                String.format(
                        Locale.ROOT,
                        "%s: url=%s status=%d code=%d answer=%s. %s",
                        what(kind),
                        uri,
                        response.status(),
                        refusal.code,
                        refusal.message.replaceAll("\\.+$", ""),
                        advice(kind, uri, response));
        return new RestException(
                kind, response.status(), refusal.code, line.strip().replaceAll("\\.$", ""), null);
    }

    static RestException unreadable(URI uri, int status, String why, Throwable cause) {
        String line =
                String.format(
                        Locale.ROOT, "The exchange's answer cannot be read: url=%s %s", uri, why);
        return new RestException(Kind.UNREADABLE, status, RestException.NONE, line, cause);
    }

    private static Kind kind(int status, Refusal refusal) {
        return switch (status) {
            case 451 -> Kind.GEO_BLOCKED;
            case 403 -> Kind.FORBIDDEN;
            case 418, 429 -> Kind.BANNED;
            default -> status >= 500 ? Kind.BUSY : kindByCode(refusal);
        };
    }

    private static Kind kindByCode(Refusal refusal) {
        return switch (refusal.code) {
            case -1000, -1001, -1003, -1006, -1007, -1008, -1016, -1034 -> Kind.BUSY;
            case BAD_SYMBOL -> Kind.BAD_SYMBOL;
            case ILLEGAL_CHARACTERS ->
                    refusal.message.contains("'symbol") ? Kind.BAD_SYMBOL : Kind.BAD_REQUEST;
            default -> Kind.BAD_REQUEST;
        };
    }

    private static Refusal refusal(byte[] body) {
        int[] code = {RestException.NONE};
        String[] message = {JsonReader.startOf(body)};
        try {
            JsonReader.read(
                    body,
                    json -> {
                        json.object(
                                name -> {
                                    switch (name) {
                                        case "code" -> code[0] = json.integer();
                                        case "msg" -> message[0] = json.text();
                                        default -> {}
                                    }
                                });
                        return code;
                    });
        } catch (JsonReader.UnreadableException e) {
            return new Refusal(RestException.NONE, message[0]);
        }
        return new Refusal(code[0], message[0]);
    }

    private static String what(Kind kind) {
        return switch (kind) {
            case GEO_BLOCKED -> "The exchange does not serve this place";
            case FORBIDDEN -> "The exchange's firewall refuses requests";
            case BANNED -> "The exchange has stopped our requests";
            case BAD_SYMBOL -> "The exchange does not know the symbol";
            case BUSY -> "The exchange is busy or broken";
            default -> "The exchange refuses the request";
        };
    }

    private static String advice(Kind kind, URI uri, RestResponse response) {
        return switch (kind) {
            case GEO_BLOCKED -> "Use another base URL, such as " + RestConfig.DEFAULT_BASE_URL;
            case FORBIDDEN -> "Wait, or use another address";
            case BANNED ->
                    String.format(
                            Locale.ROOT,
                            "Retry-After=%s. Lower the weight share, or stop others on this address",
                            response.header("retry-after"));
            case BAD_SYMBOL -> "Check the spelling, upper case without a slash: BTCUSDT";
            case BUSY -> "";
            default -> requestAdvice(uri, response.status());
        };
    }

    private static String requestAdvice(URI uri, int status) {
        if (status >= 300 && status < 400) {
            return "Not Binance's REST interface: check the base URL";
        }
        if (status == 404) {
            return uri.getPath().endsWith("historicalTrades")
                    ? "Hosts for market data only lack it: use https://api.binance.com"
                    : "Check the base URL";
        }
        return "";
    }
}

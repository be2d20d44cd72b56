package io.microstream.binance.replay.exchange.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.Chance;
import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.rest.ClientAllowance.Verdict;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers REST requests for market data: {@code ping}, {@code time}, {@code exchangeInfo}, {@code
 * depth}, {@code trades}, {@code historicalTrades}, {@code aggTrades}, {@code klines} and {@code
 * ticker/bookTicker} under {@code /api/v3/}, with Binance's parameters, errors, weights and bans.
 *
 * <p>Pure: no I/O, no clock of its own; one thread. Every answer states the client's used weight.
 * An unknown path is 404, another method than GET is 405. {@linkplain #arm Armed faults} happen to
 * the next requests they can happen to, one fault a request.
 *
 * <p>Left to the reader's judgement by Binance and decided here: {@code fromId} together with times
 * is -1128; a range that ends before it starts is empty; klines of seconds, of more than a day and
 * of weeks are -1120.
 */
public final class RestHandler {

    private static final long BACKEND_TIMEOUT_NANOS = 10_000_000_000L;

    private final MarketView market;
    private final RestLimits limits;
    private final Chance chance;
    private final Map<String, ClientAllowance> clients = new HashMap<>();
    private final ArmedRestFaults armed = new ArmedRestFaults();
    private final TradeAnswers trades;
    private final KlineAnswers klines;
    private final BookAnswers books;
    private final ExchangeInfoAnswers info;

    /**
     * @param market what is asked for
     * @param limits what a client may ask
     * @param seed decides which server error a {@code SERVER_ERROR} is
     */
    public RestHandler(MarketView market, RestLimits limits, long seed) {
        this.market = market;
        this.limits = limits;
        this.chance = new Chance(seed);
        this.trades = new TradeAnswers(market);
        this.klines = new KlineAnswers(market);
        this.books = new BookAnswers(market);
        this.info = new ExchangeInfoAnswers(market, limits);
    }

    /**
     * Arms a fault for the next requests of its path.
     *
     * <p>{@code TOO_MANY_REQUESTS} and {@code BANNED} also hold the client to what they say, for
     * {@code amount} seconds (0: until the window ends; as long as the ladder says): a client that
     * goes on is refused on every path, which does not use up the fault. {@code HIGHER_ID} happens
     * only to requests with {@code fromId} or aggregate trades with {@code startTime}, {@code
     * DATABASE_LAG} only to aggTrades, historicalTrades and klines, {@code STALE_DEPTH} only to
     * depth; their {@code amount} is at least 1.
     */
    public void arm(Fault.Rest fault) {
        armed.arm(fault);
    }

    /** Returns how many requests the armed faults will still happen to. */
    public int pendingFaults() {
        return armed.pending();
    }

    /** Returns the weight a client has used in the minute of its last request. */
    public int usedWeight(String client) {
        ClientAllowance allowance = clients.get(client);
        return allowance == null ? 0 : allowance.used();
    }

    /** Answers a request at a time of the exchange. */
    public RestAnswer answer(RestCall call, long nowNanos) {
        ClientAllowance client =
                clients.computeIfAbsent(call.client(), name -> new ClientAllowance(limits));
        Endpoint endpoint = Endpoint.of(call.path());
        boolean known = endpoint != null && call.method().equals("GET");
        int weight = known ? endpoint.weight(call.query()) : 1;
        Verdict verdict = client.request(weight, nowNanos);
        if (verdict != Verdict.SERVED) {
            return held(client, verdict, nowNanos);
        }
        Fault.Rest fault = armed.take(endpoint, call.path(), call.query());
        if (fault == null) {
            return served(call, endpoint, Distortion.NONE, client);
        }
        return faulty(call, endpoint, fault, client, nowNanos);
    }

    private RestAnswer faulty(
            RestCall call, Endpoint endpoint, Fault.Rest fault, ClientAllowance client, long now) {
        return switch (fault.trouble()) {
            case TOO_MANY_REQUESTS -> {
                client.refuseFor(fault.amount(), now);
                yield held(client, Verdict.REFUSED, now);
            }
            case TOO_MANY_REQUESTS_WITHOUT_RETRY_AFTER -> error(429, -1003, tooMuch(), client);
            case BANNED -> {
                client.ban(fault.amount(), now);
                yield held(client, Verdict.BANNED, now);
            }
            case FORBIDDEN -> plain(403, RestTexts.FORBIDDEN, client);
            case GEO_BLOCKED -> error(451, 0, RestTexts.RESTRICTED_LOCATION, client);
            case SERVER_ERROR -> serverError(client);
            case UNAVAILABLE -> error(503, -1008, RestTexts.OVERLOADED, client);
            case TIMEOUT ->
                    delivered(
                            error(504, -1007, RestTexts.TIMEOUT, client),
                            BACKEND_TIMEOUT_NANOS,
                            false,
                            false);
            case TRUNCATED_BODY ->
                    delivered(served(call, endpoint, Distortion.NONE, client), 0, true, false);
            case SLOW_BODY ->
                    delivered(served(call, endpoint, Distortion.NONE, client), 0, false, true);
            case HIGHER_ID, DATABASE_LAG, STALE_DEPTH ->
                    served(call, endpoint, Distortion.of(fault), client);
        };
    }

    private RestAnswer served(
            RestCall call, Endpoint endpoint, Distortion off, ClientAllowance client) {
        if (endpoint == null) {
            return routeError(404, "Not Found", "No message available", call, client);
        }
        if (!call.method().equals("GET")) {
            String message = "Request method '" + call.method() + "' not supported";
            return routeError(405, "Method Not Allowed", message, call, client);
        }
        JsonWriter json = JsonWriter.ascii();
        try {
            write(endpoint, call, off, json);
        } catch (RestRefusal refusal) {
            return error(refusal.status(), refusal.code(), refusal.getMessage(), client);
        }
        return answer(200, json, client);
    }

    private void write(Endpoint endpoint, RestCall call, Distortion off, JsonWriter json) {
        Parameters asked = new Parameters(call.query(), market);
        asked.checkKnown(endpoint.parameters());
        boolean micros = call.microseconds();
        switch (endpoint) {
            case PING -> json.object().end();
            case TIME -> json.object().put("serverTime", serverTime(micros)).end();
            case EXCHANGE_INFO -> info.answer(asked, serverTime(micros), json);
            case DEPTH -> books.depth(asked, off, json);
            case TRADES -> trades.trades(asked, micros, json);
            case HISTORICAL_TRADES -> trades.historicalTrades(asked, micros, off, json);
            case AGG_TRADES -> trades.aggTrades(asked, micros, off, json);
            case KLINES -> klines.klines(asked, micros, off, json);
            case BOOK_TICKER -> books.bookTicker(asked, json);
        }
    }

    private long serverTime(boolean micros) {
        long timeUs = market.timeUs();
        return micros ? timeUs : Math.floorDiv(timeUs, 1_000L);
    }

    private RestAnswer held(ClientAllowance client, Verdict verdict, long nowNanos) {
        String message =
                verdict == Verdict.BANNED
                        ? RestTexts.banned(
                                serverTime(false) + client.leftNanos(nowNanos) / 1_000_000)
                        : tooMuch();
        RestAnswer answer = error(verdict == Verdict.BANNED ? 418 : 429, -1003, message, client);
        answer.headers().put("Retry-After", Long.toString(client.retryAfterSeconds(nowNanos)));
        return answer;
    }

    private String tooMuch() {
        return RestTexts.tooMuch(limits.weightPerMinute());
    }

    private RestAnswer serverError(ClientAllowance client) {
        return switch ((int) chance.below(3)) {
            case 0 -> error(500, -1000, RestTexts.UNKNOWN, client);
            case 1 -> error(500, -1001, RestTexts.DISCONNECTED, client);
            default -> plain(502, RestTexts.BAD_GATEWAY, client);
        };
    }

    private RestAnswer routeError(
            int status, String error, String message, RestCall call, ClientAllowance client) {
        JsonWriter json = JsonWriter.ascii().object().put("timestamp", serverTime(false));
        json.put("status", status).put("error", error).put("message", message);
        json.put("path", call.path()).end();
        RestAnswer answer = answer(status, json, client);
        if (status == 405) {
            answer.headers().put("Allow", "GET");
        }
        return answer;
    }

    private static RestAnswer error(int status, int code, String message, ClientAllowance client) {
        JsonWriter json = JsonWriter.ascii().object().put("code", code).put("msg", message);
        return answer(status, json.end(), client);
    }

    private static RestAnswer plain(int status, String body, ClientAllowance client) {
        return RestAnswer.of(status, headers(client), body.getBytes(UTF_8));
    }

    private static RestAnswer answer(int status, JsonWriter json, ClientAllowance client) {
        return RestAnswer.of(status, headers(client), json.toBytes());
    }

    private static Map<String, String> headers(ClientAllowance client) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-MBX-USED-WEIGHT-1M", Integer.toString(client.used()));
        return headers;
    }

    private static RestAnswer delivered(
            RestAnswer answer, long delayNanos, boolean truncated, boolean slow) {
        return new RestAnswer(
                answer.status(), answer.headers(), answer.body(), delayNanos, truncated, slow);
    }
}

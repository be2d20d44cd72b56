package io.microstream.binance.replay.exchange.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a stream, understood.
 *
 * @param text as the client wrote it, e.g. {@code btcusdt@depth5@100ms}
 * @param symbol upper case; empty for a stream of all symbols
 * @param kind what it carries; {@link Kind#SILENT} for a well-formed name that this exchange has
 *     nothing for
 * @param levels levels of a partial depth, else 0
 * @param periodMs how often, for depth and klines; 0 for real time
 */
public record StreamName(String text, String symbol, Kind kind, int levels, int periodMs) {

    /** The kinds of data that a stream carries. */
    public enum Kind {
        AGG_TRADE,
        TRADE,
        BOOK_TICKER,
        DEPTH,
        PARTIAL_DEPTH,
        KLINE,
        SILENT
    }

    private static final Pattern WELL_FORMED =
            Pattern.compile(
                    "([^@!/\\s\"\\\\\\p{Cntrl}]+)@([A-Za-z0-9_]+(?:@[+A-Za-z0-9:]+)?)|![A-Za-z0-9_@]+");
    private static final Pattern DEPTH = Pattern.compile("depth(5|10|20)?(@100ms|@1000ms)?");
    private static final int SLOW_MS = 1_000;
    private static final int FAST_MS = 100;
    private static final int KLINE_MS = 2_000;

    /** Reads a name; null if it is malformed. */
    public static StreamName read(String text) {
        Matcher name = WELL_FORMED.matcher(text);
        if (!name.matches()) {
            return null;
        }
        if (name.group(1) == null
                || !name.group(1).equals(name.group(1).toLowerCase(Locale.ROOT))) {
            return new StreamName(text, "", Kind.SILENT, 0, 0);
        }
        String symbol = name.group(1).toUpperCase(Locale.ROOT);
        Matcher depth = DEPTH.matcher(name.group(2));
        return depth.matches() ? depth(text, symbol, depth) : other(text, symbol, name.group(2));
    }

    private static StreamName depth(String text, String symbol, Matcher depth) {
        int period = "@100ms".equals(depth.group(2)) ? FAST_MS : SLOW_MS;
        return depth.group(1) == null
                ? new StreamName(text, symbol, Kind.DEPTH, 0, period)
                : new StreamName(
                        text, symbol, Kind.PARTIAL_DEPTH, Integer.parseInt(depth.group(1)), period);
    }

    private static StreamName other(String text, String symbol, String suffix) {
        return switch (suffix) {
            case "aggTrade" -> new StreamName(text, symbol, Kind.AGG_TRADE, 0, 0);
            case "trade" -> new StreamName(text, symbol, Kind.TRADE, 0, 0);
            case "bookTicker" -> new StreamName(text, symbol, Kind.BOOK_TICKER, 0, 0);
            case "kline_1m" -> new StreamName(text, symbol, Kind.KLINE, 0, KLINE_MS);
            default -> new StreamName(text, symbol, Kind.SILENT, 0, 0);
        };
    }

    public boolean carriesTrades() {
        return kind == Kind.AGG_TRADE || kind == Kind.TRADE;
    }

    /** Returns what comes after the symbol, e.g. {@code aggTrade}. */
    public String type() {
        return text.substring(text.indexOf('@') + 1);
    }
}

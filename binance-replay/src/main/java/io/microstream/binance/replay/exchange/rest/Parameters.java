package io.microstream.binance.replay.exchange.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of a request, checked as Binance checks them. */
final class Parameters {

    /** The value of a number that was not sent. */
    static final long ABSENT = Long.MIN_VALUE;

    /** Legal ranges as Binance states them since its symbols may hold letters of any script. */
    private static final String NAME = "[\\w\\-._&&[^a-z]]{1,50}";

    private static final String SYMBOL = "^" + NAME + "$";
    private static final String SYMBOLS = "^\\[(\"" + NAME + "\"(,\"" + NAME + "\"){0,}){0,1}\\]$";
    private static final Pattern LEGAL_SYMBOL = legal(SYMBOL);
    private static final Pattern LEGAL_SYMBOLS = legal(SYMBOLS);
    private static final String NUMBER = "^[0-9]{1,20}$";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Set<String> STATUSES = Set.of("TRADING", "HALT", "BREAK");
    private static final long MICROSECONDS_FROM = 100_000_000_000_000L;

    private final Map<String, String> query;
    private final MarketView market;

    Parameters(Map<String, String> query, MarketView market) {
        this.query = query;
        this.market = market;
    }

    private static Pattern legal(String range) {
        return Pattern.compile(range, Pattern.UNICODE_CHARACTER_CLASS);
    }

    void checkKnown(Set<String> known) {
        int read = (int) query.keySet().stream().filter(known::contains).count();
        if (read < query.size()) {
            throw known.isEmpty()
                    ? RestRefusal.tooMany(0, query.size())
                    : RestRefusal.unread(read, query.size());
        }
    }

    boolean has(String name) {
        return query.containsKey(name);
    }

    String text(String name) {
        return query.get(name);
    }

    String mandatory(String name) {
        String value = query.get(name);
        if (value == null || value.isEmpty()) {
            throw RestRefusal.missing(name);
        }
        return value;
    }

    /** Returns the mandatory symbol, which must be listed. */
    String symbol() {
        String symbol = mandatory("symbol");
        if (!LEGAL_SYMBOL.matcher(symbol).matches()) {
            throw RestRefusal.illegalCharacters("symbol", SYMBOL);
        }
        return listed(symbol);
    }

    /**
     * Returns the symbols named by {@code symbol} or {@code symbols}; all where neither was sent.
     */
    List<String> symbols() {
        if (has("symbol") && has("symbols")) {
            throw RestRefusal.badCombination();
        }
        if (has("symbol")) {
            return List.of(symbol());
        }
        if (!has("symbols")) {
            return List.copyOf(market.symbols());
        }
        String text = text("symbols");
        if (!LEGAL_SYMBOLS.matcher(text).matches()) {
            throw RestRefusal.illegalCharacters("symbols", SYMBOLS);
        }
        List<String> symbols = new ArrayList<>();
        QUOTED.matcher(text).results().forEach(name -> symbols.add(listed(name.group(1))));
        return symbols;
    }

    private String listed(String symbol) {
        if (market.pastTrades(symbol) == null) {
            throw RestRefusal.badSymbol();
        }
        return symbol;
    }

    /** Returns the status asked for, or null if none is. */
    String symbolStatus() {
        String status = text("symbolStatus");
        if (status != null && !STATUSES.contains(status)) {
            throw RestRefusal.badStatus();
        }
        return status;
    }

    /** Returns the limit, at most {@code most}. */
    int limit(int byDefault, int most) {
        if (!has("limit")) {
            return byDefault;
        }
        long limit = number("limit");
        if (limit == 0) {
            throw RestRefusal.invalidValue("limit");
        }
        return (int) Math.min(limit, most);
    }

    /** Returns a number ≥ 0, or {@link #ABSENT}. */
    long number(String name) {
        String value = query.get(name);
        if (value == null) {
            return ABSENT;
        }
        if (!value.matches(NUMBER)) {
            throw RestRefusal.illegalCharacters(name, NUMBER);
        }
        return value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
    }

    /**
     * Returns the first microsecond of {@code startTime}, sent in either unit, or {@link #ABSENT}.
     */
    long startUs() {
        long time = number("startTime");
        return time == ABSENT || time >= MICROSECONDS_FROM ? time : time * 1_000;
    }

    /** Returns the last microsecond of {@code endTime}, sent in either unit, or {@link #ABSENT}. */
    long endUs() {
        long time = number("endTime");
        return time == ABSENT || time >= MICROSECONDS_FROM ? time : time * 1_000 + 999;
    }
}

package io.microstream.live.push;

import io.microstream.live.push.SymbolSubscription.Stage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one listener follows and how far it is. Only the feed's thread touches it. */
final class ClientSubscription {

    private final Listener listener;
    private final Map<String, SymbolSubscription> symbols = new TreeMap<>();
    private final Map<String, Long> refreshedAtMs = new HashMap<>();
    private Set<String> live = Set.of();

    /** What the listener may resume from while some of its rows are older than the last poll. */
    private String held;

    private long toldAtMs;

    ClientSubscription(Listener listener) {
        this.listener = listener;
    }

    Listener listener() {
        return listener;
    }

    Map<String, SymbolSubscription> symbols() {
        return symbols;
    }

    /** Symbols whose changes it is told. */
    Set<String> live() {
        return live;
    }

    void put(String symbol, SymbolSubscription subscription) {
        symbols.put(symbol, subscription);
        settle();
    }

    void remove(List<String> gone) {
        gone.forEach(symbols::remove);
        gone.forEach(refreshedAtMs::remove);
        settle();
    }

    /** Symbols that wait for what was missed; a list of its own. */
    List<Map.Entry<String, SymbolSubscription>> resuming() {
        return symbols.entrySet().stream()
                .filter(entry -> entry.getValue().stage() == Stage.RESUMING)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** From now on some of its rows are older than {@code cursor} says; it keeps the oldest. */
    void stale(String symbol, String reason, String cursor) {
        symbols.computeIfPresent(symbol, (s, subscription) -> subscription.stale(reason));
        if (held == null) {
            held = cursor;
        }
        settle();
    }

    private void settle() {
        live =
                symbols.entrySet().stream()
                        .filter(entry -> entry.getValue().stage() == Stage.LIVE)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        if (symbols.values().stream().noneMatch(s -> s.stage() == Stage.STALE)) {
            held = null;
        }
    }

    /** The cursor that its next message carries; where it left off while it waits to resume. */
    String cursor(String newest) {
        if (held != null) {
            return held;
        }
        return resuming().stream()
                .map(entry -> entry.getValue().cursor())
                .min(Comparator.comparingLong(StreamCursor::xmax))
                .map(StreamCursor::text)
                .orElse(newest);
    }

    /** Whether an unasked snapshot of the symbol is not too soon after the one before. */
    boolean mayRefresh(String symbol, long nowMs, long everyMs) {
        Long last = refreshedAtMs.get(symbol);
        return last == null || nowMs - last >= everyMs;
    }

    void refreshed(String symbol, long nowMs) {
        refreshedAtMs.put(symbol, nowMs);
    }

    void tell(byte[] message, long nowMs) {
        toldAtMs = nowMs;
        listener.send(message);
    }

    boolean quietSince(long ms) {
        return toldAtMs <= ms;
    }
}

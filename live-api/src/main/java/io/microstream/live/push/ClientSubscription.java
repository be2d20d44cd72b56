package io.microstream.live.push;

import io.microstream.live.push.SymbolSubscription.Stage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The symbols of one client and how far each is. Used by the polling thread only. */
final class ClientSubscription {

    private final Listener listener;
    private final Map<String, SymbolSubscription> symbols = new TreeMap<>();
    private final Map<String, Long> refreshedAtMs = new HashMap<>();
    private Set<String> live = Set.of();

    /** The cursor that the client may resume from while rows are withheld from it; else null. */
    private String held;

    private long sentAtMs;

    ClientSubscription(Listener listener) {
        this.listener = listener;
    }

    Listener listener() {
        return listener;
    }

    Map<String, SymbolSubscription> symbols() {
        return symbols;
    }

    /** Returns the symbols whose changes it is sent. */
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

    /** Returns a copy of the symbols that wait for what they missed. */
    List<Map.Entry<String, SymbolSubscription>> resuming() {
        return symbols.entrySet().stream()
                .filter(entry -> entry.getValue().stage() == Stage.RESUMING)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Marks a symbol as needing a snapshot; until then the client's cursor stays at this one. */
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

    /**
     * Returns the cursor for its next message: where it left off as long as rows are owed to it.
     */
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

    /** Returns whether enough time has passed since the last fresh snapshot of a symbol. */
    boolean mayRefresh(String symbol, long nowMs, long everyMs) {
        Long last = refreshedAtMs.get(symbol);
        return last == null || nowMs - last >= everyMs;
    }

    void refreshed(String symbol, long nowMs) {
        refreshedAtMs.put(symbol, nowMs);
    }

    void send(byte[] message, long nowMs) {
        sentAtMs = nowMs;
        listener.send(message);
    }

    boolean isSilentSince(long ms) {
        return sentAtMs <= ms;
    }
}

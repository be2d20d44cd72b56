package io.microstream.live.push;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends to each client what one poll read for it. A message is encoded once for all clients that
 * follow the same symbols and stand at the same cursor, and they share its bytes.
 */
final class UpdateFanOut {

    /** What a message of changes depends on. */
    private record Key(Set<String> symbols, String cursor) {}

    /** What a snapshot depends on besides its rows. */
    private record Wording(String cursor, String reason) {}

    private static final byte[] NOTHING = new byte[0];

    private final PollResult result;
    private final String before;
    private final String now;
    private final PushConfig.FeedLimits limits;
    private final Instant at;
    private final LatencyMetrics latencies;
    private final Map<Key, byte[]> updates = new HashMap<>();
    private final Map<SymbolRows, Map<Wording, byte[]>> snapshots = new IdentityHashMap<>();

    /**
     * @param position before the poll; null if there was none
     * @param at the time that messages are stamped with
     */
    UpdateFanOut(
            PollResult result,
            StreamCursor position,
            PushConfig.FeedLimits limits,
            Instant at,
            LatencyMetrics latencies) {
        this.result = result;
        this.before = position == null ? null : position.text();
        this.now = result.now().text();
        this.limits = limits;
        this.at = at;
        this.latencies = latencies;
    }

    void send(Collection<ClientSubscription> clients) {
        for (ClientSubscription client : clients) {
            changes(client);
            missed(client);
        }
        latencies.sent(result.changes().rows(), at);
        for (PollResult.Snapshot snapshot : result.snapshots()) {
            snapshot(snapshot.client(), snapshot.rows());
        }
        for (ClientSubscription client : clients) {
            cursorOnly(client);
        }
    }

    private void changes(ClientSubscription client) {
        PollResult.Changes changes = result.changes();
        Set<String> live = client.live();
        if (changes.lost() != null) {
            live.forEach(symbol -> client.stale(symbol, changes.lost(), before));
            return;
        }
        if (changes.rows().isEmpty() || live.isEmpty()) {
            return;
        }
        long backlog = client.listener().backlog();
        if (backlog > limits.backlogBytes()) {
            String reason = "You were behind: backlog_bytes=" + backlog;
            changed(live).forEach(symbol -> client.stale(symbol, reason, before));
            return;
        }
        flooded(live).forEach(symbol -> client.stale(symbol, tooMany(symbol), before));
        byte[] message = update(client.live(), client.cursor(now));
        if (message.length > limits.updateBytes()) {
            String reason = "Too much changed at once: bytes=" + message.length;
            changed(client.live()).forEach(symbol -> client.stale(symbol, reason, before));
        } else if (message != NOTHING) {
            client.send(message, at.toEpochMilli());
        }
    }

    private String tooMany(String symbol) {
        return "Too many rows changed at once: symbol="
                + symbol
                + " rows="
                + result.changes().perSymbol().get(symbol);
    }

    private Set<String> changed(Set<String> live) {
        Map<String, Long> counts = result.changes().perSymbol();
        if (counts.containsKey(Change.EVERY_SYMBOL)) {
            return live;
        }
        Set<String> changed = new HashSet<>(live);
        changed.retainAll(counts.keySet());
        return changed;
    }

    private Set<String> flooded(Set<String> live) {
        Set<String> flooded = new HashSet<>();
        result.changes()
                .perSymbol()
                .forEach(
                        (symbol, rows) -> {
                            if (rows > limits.changesPerSymbol() && live.contains(symbol)) {
                                flooded.add(symbol);
                            }
                        });
        return flooded;
    }

    private byte[] update(Set<String> symbols, String cursor) {
        return updates.computeIfAbsent(
                new Key(symbols, cursor),
                key -> {
                    List<Change> changes =
                            result.changes().rows().stream()
                                    .filter(change -> change.concerns(symbols))
                                    .toList();
                    return changes.isEmpty() || symbols.isEmpty()
                            ? NOTHING
                            : ServerMessages.update(changes, cursor, at);
                });
    }

    private void missed(ClientSubscription client) {
        Map<StreamCursor, Set<String>> resuming = new LinkedHashMap<>();
        for (Map.Entry<String, SymbolSubscription> entry : client.resuming()) {
            StreamCursor cursor = entry.getValue().cursor();
            if (result.missed().knows(cursor)) {
                resuming.computeIfAbsent(cursor, c -> new HashSet<>()).add(entry.getKey());
            }
        }
        resuming.forEach((cursor, symbols) -> resume(client, cursor, symbols));
    }

    private void resume(ClientSubscription client, StreamCursor cursor, Set<String> symbols) {
        List<Change> changes = result.missed().since(cursor, symbols);
        long bytes = Change.bytes(changes);
        if (bytes > limits.backlogBytes()) {
            String reason = "Too much was missed: rows=" + changes.size() + " bytes=" + bytes;
            symbols.forEach(symbol -> client.stale(symbol, reason, cursor.text()));
            return;
        }
        symbols.forEach(symbol -> client.put(symbol, client.symbols().get(symbol).live()));
        client.send(ServerMessages.resumed(cursor.text()), at.toEpochMilli());
        List<List<Change>> parts = parts(changes);
        for (int i = 0; i < parts.size(); i++) {
            String upTo = i < parts.size() - 1 ? cursor.text() : client.cursor(now);
            client.send(ServerMessages.update(parts.get(i), upTo, at), at.toEpochMilli());
        }
    }

    /** Parts of at most so many bytes as one message may have. */
    private List<List<Change>> parts(List<Change> changes) {
        List<List<Change>> parts = new ArrayList<>();
        long bytes = Long.MAX_VALUE;
        for (Change change : changes) {
            if (bytes > limits.updateBytes() - change.json().length) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.get(parts.size() - 1).add(change);
            bytes += change.json().length;
        }
        return parts;
    }

    private void snapshot(ClientSubscription client, SymbolRows rows) {
        SymbolSubscription subscription = client.symbols().get(rows.symbol());
        if (!subscription.wantsSnapshot()) {
            return;
        }
        client.put(rows.symbol(), subscription.live());
        client.refreshed(rows.symbol(), at.toEpochMilli());
        String reason = subscription.reason();
        if (reason == null && !rows.known()) {
            reason =
                    "No rows yet: symbol="
                            + rows.symbol()
                            + ". They follow as soon as there are any; check the name";
        }
        byte[] message =
                snapshots
                        .computeIfAbsent(rows, r -> new HashMap<>())
                        .computeIfAbsent(
                                new Wording(client.cursor(now), reason),
                                wording ->
                                        ServerMessages.snapshot(
                                                rows, wording.cursor(), wording.reason()));
        client.send(message, at.toEpochMilli());
    }

    /** Sends a newer cursor to clients without changes, so that resuming stays cheap. */
    private void cursorOnly(ClientSubscription client) {
        boolean silent = client.isSilentSince(at.minus(limits.cursorEvery()).toEpochMilli());
        if (silent && !client.live().isEmpty() && client.listener().backlog() == 0) {
            client.send(
                    ServerMessages.update(List.of(), client.cursor(now), at), at.toEpochMilli());
        }
    }
}

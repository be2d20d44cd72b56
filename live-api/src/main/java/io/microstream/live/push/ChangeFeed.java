package io.microstream.live.push;

import io.microstream.live.rows.DatabasePool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Reads the database for all clients.
 *
 * <p>A poll is one transaction. Its snapshot is the new position; what became visible since the
 * last position is read once, encoded once and sent to every client that follows the symbol. New
 * subscriptions are served from the same transaction: with a cursor what was missed since, without
 * one the newest minutes. From then on they stand where all others stand, so no row can be lost or
 * sent twice in between.
 *
 * <p>A poll that fails sends nothing and leaves the position; the next one makes up for it. Memory
 * is bounded by limits on what a poll reads. A client for which that is too much, or which reads
 * too slowly, gets no more changes of the symbols concerned but a fresh snapshot once that is
 * possible; until then its cursor stays where its rows are complete.
 *
 * <p>One thread calls everything.
 */
final class ChangeFeed {

    /**
     * Transactions whose numbers a crashed server may give out again: it writes its log at least
     * three times in 0.6 s, and this many are not begun in that.
     */
    private static final long REWIND = 10_000;

    /** After a read of missed changes, the next one waits this many times as long as it took. */
    private static final long REST = 4;

    /** Longest wait between two reads of missed changes. */
    private static final long LONGEST_REST_MS = 1_000;

    private final DatabasePool database;
    private final PushConfig.FeedLimits limits;
    private final InstantSource clock;
    private final LatencyMetrics latencies;
    private final ChangeQuery query;
    private final Map<Listener, ClientSubscription> clients = new LinkedHashMap<>();
    private final Map<PGConnection, DatabaseIdentity> identities = new WeakHashMap<>();
    private StreamCursor position;
    private long resumesFromMs;

    ChangeFeed(
            DatabasePool database,
            PushConfig.FeedLimits limits,
            InstantSource clock,
            LatencyMetrics latencies) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
        this.latencies = latencies;
        this.query = new ChangeQuery(limits.changesPerTable());
    }

    /** Subscribes a client to symbols, or restarts the subscription; the next poll serves it. */
    void subscribe(Listener listener, ClientMessage.Subscribe wish) {
        ClientSubscription client = clients.computeIfAbsent(listener, ClientSubscription::new);
        StreamCursor cursor = null;
        String refusal = null;
        if (wish.cursor() != null) {
            try {
                cursor = StreamCursor.parse(wish.cursor());
            } catch (IllegalArgumentException e) {
                refusal = "The cursor is unreadable: " + e.getMessage();
            }
        }
        for (String symbol : wish.symbols()) {
            boolean isLive = position != null && client.live().contains(symbol);
            if (cursor != null) {
                client.put(symbol, SymbolSubscription.resuming(wish.history(), cursor));
                continue;
            }
            client.put(symbol, SymbolSubscription.waiting(wish.history()));
            if (refusal != null || isLive) {
                client.stale(symbol, refusal, isLive ? position.text() : wish.cursor());
            }
        }
    }

    /** Returns how many symbols a client would follow with these. */
    int followed(Listener listener, List<String> more) {
        ClientSubscription client = clients.get(listener);
        Set<String> all = new HashSet<>(more);
        if (client != null) {
            all.addAll(client.symbols().keySet());
        }
        return all.size();
    }

    /** Ends the subscription of a client to symbols. */
    void unsubscribe(Listener listener, List<String> symbols) {
        ClientSubscription client = clients.get(listener);
        if (client != null) {
            client.remove(symbols);
        }
    }

    /** Removes a client with all its symbols. */
    void leave(Listener listener) {
        clients.remove(listener);
    }

    /** Returns whether no client follows any symbol; a poll does nothing then. */
    boolean idle() {
        return clients.values().stream().allMatch(client -> client.symbols().isEmpty());
    }

    /** Returns whether a client waits for a snapshot or for what it missed. */
    boolean owes() {
        return clients.values().stream()
                .anyMatch(client -> client.live().size() < client.symbols().size());
    }

    /**
     * Reads what became visible and sends it.
     *
     * @throws io.microstream.live.rows.DatabaseAwayException if it cannot be read; nothing was sent
     */
    void poll() {
        if (idle()) {
            position = null;
            return;
        }
        PollResult result = database.readOneState(this::read);
        new UpdateFanOut(result, position, limits, clock.instant(), latencies)
                .send(clients.values());
        position = result.now();
    }

    private PollResult read(Connection connection) throws SQLException {
        String snapshot = ChangeQuery.begin(connection);
        StreamCursor now = StreamCursor.of(identity(connection), snapshot);
        PollResult.Changes changes = changes(now, connection);
        PollResult.Missed missed = missed(now, connection);
        return new PollResult(now, changes, missed, snapshots(connection));
    }

    private DatabaseIdentity identity(Connection connection) throws SQLException {
        PGConnection physical = connection.unwrap(PGConnection.class);
        DatabaseIdentity known = identities.get(physical);
        if (known == null) {
            known = DatabaseIdentity.read(connection);
            identities.put(physical, known);
        }
        return known;
    }

    private PollResult.Changes changes(StreamCursor now, Connection connection)
            throws SQLException {
        if (position == null) {
            return PollResult.Changes.NONE;
        }
        Optional<String> broken = broken(position, now);
        if (broken.isPresent()) {
            return PollResult.Changes.lost(broken.get());
        }
        StreamCursor since = careful(position, now);
        if (since.equals(now)) {
            return PollResult.Changes.NONE;
        }
        Set<String> followed =
                clients.values().stream()
                        .flatMap(client -> client.live().stream())
                        .collect(Collectors.toSet());
        return query.since(since, followed, connection)
                .map(PollResult.Changes::of)
                .orElseGet(() -> PollResult.Changes.lost(tooMany()));
    }

    private String tooMany() {
        return "Too many rows changed: limit=" + limits.changesPerTable() + " of a table";
    }

    /** Returns why the rows since a cursor are not known; empty if they are. */
    private static Optional<String> broken(StreamCursor cursor, StreamCursor now) {
        if (!cursor.database().sameHistory(now.database())) {
            return Optional.of("The cursor is of another database, or of one before its recovery");
        }
        if (cursor.xmax() > now.xmax()) {
            return Optional.of("The cursor is newer than the database, which was restored");
        }
        return Optional.empty();
    }

    private static StreamCursor careful(StreamCursor cursor, StreamCursor now) {
        return now.database().recoveredSince(cursor.database()) ? cursor.rewound(REWIND) : cursor;
    }

    /**
     * Reads what the resuming clients missed; not in every poll, as reading far back is expensive
     * and a client that asks for it again and again must not delay the others.
     */
    private PollResult.Missed missed(StreamCursor now, Connection connection) throws SQLException {
        long begunMs = clock.millis();
        if (begunMs < resumesFromMs && begunMs >= resumesFromMs - LONGEST_REST_MS) {
            return PollResult.Missed.NONE;
        }
        PollResult.Missed missed = missedByAll(now, connection);
        long endedMs = clock.millis();
        resumesFromMs = endedMs + Math.min(LONGEST_REST_MS, REST * (endedMs - begunMs));
        return missed;
    }

    /** Reads what all resuming clients missed; those whose cursor is of no use get snapshots. */
    private PollResult.Missed missedByAll(StreamCursor now, Connection connection)
            throws SQLException {
        Map<StreamCursor, StreamCursor> usable = new LinkedHashMap<>();
        Set<String> symbols = new HashSet<>();
        for (ClientSubscription client : clients.values()) {
            for (Map.Entry<String, SymbolSubscription> entry : client.resuming()) {
                StreamCursor cursor = entry.getValue().cursor();
                Optional<String> broken = broken(cursor, now);
                if (broken.isPresent()) {
                    client.stale(entry.getKey(), broken.get(), cursor.text());
                } else {
                    usable.put(cursor, careful(cursor, now));
                    symbols.add(entry.getKey());
                }
            }
        }
        List<StreamCursor> oldestFirst = new ArrayList<>(usable.keySet());
        oldestFirst.sort(Comparator.comparingLong(StreamCursor::xmax));
        while (!oldestFirst.isEmpty()) {
            StreamCursor all =
                    StreamCursor.seenByAll(oldestFirst.stream().map(usable::get).toList());
            Optional<List<Change>> changes = query.since(all, symbols, connection);
            if (changes.isPresent()) {
                return new PollResult.Missed(changes.get(), usable);
            }
            List<StreamCursor> tooOld = oldestFirst.subList(0, (oldestFirst.size() + 1) / 2);
            refuse(Set.copyOf(tooOld));
            tooOld.clear();
        }
        return PollResult.Missed.NONE;
    }

    private void refuse(Set<StreamCursor> cursors) {
        for (ClientSubscription client : clients.values()) {
            for (Map.Entry<String, SymbolSubscription> entry : client.resuming()) {
                StreamCursor cursor = entry.getValue().cursor();
                if (cursors.contains(cursor)) {
                    client.stale(entry.getKey(), tooMany(), cursor.text());
                }
            }
        }
    }

    /**
     * Reads as many snapshots as the time budget allows, at least one; the rest wait for the next
     * poll.
     */
    private List<PollResult.Snapshot> snapshots(Connection connection) throws SQLException {
        long nowMs = clock.millis();
        long deadlineMs = nowMs + limits.joinBudget().toMillis();
        Map<Wish, SymbolRows> read = new TreeMap<>();
        List<PollResult.Snapshot> snapshots = new ArrayList<>();
        for (ClientSubscription client : List.copyOf(clients.values())) {
            long backlog = client.listener().backlog();
            for (Map.Entry<String, SymbolSubscription> entry : client.symbols().entrySet()) {
                Wish wish = new Wish(entry.getKey(), entry.getValue().history());
                if (backlog >= limits.backlogBytes() || !due(client, entry, nowMs)) {
                    continue;
                }
                if (!read.containsKey(wish)) {
                    if (!read.isEmpty() && clock.millis() >= deadlineMs) {
                        continue;
                    }
                    read.put(wish, SnapshotQuery.read(wish.symbol(), wish.minutes(), connection));
                }
                SymbolRows rows = read.get(wish);
                backlog += rows.bytes();
                snapshots.add(new PollResult.Snapshot(client, rows));
            }
        }
        return snapshots;
    }

    private boolean due(
            ClientSubscription client, Map.Entry<String, SymbolSubscription> entry, long nowMs) {
        SymbolSubscription subscription = entry.getValue();
        return subscription.stage() == SymbolSubscription.Stage.WAITING
                || subscription.stage() == SymbolSubscription.Stage.STALE
                        && client.mayRefresh(
                                entry.getKey(), nowMs, limits.snapshotEvery().toMillis());
    }

    /** What several clients may share a snapshot of. */
    private record Wish(String symbol, int minutes) implements Comparable<Wish> {
        @Override
        public int compareTo(Wish other) {
            int bySymbol = symbol.compareTo(other.symbol);
            return bySymbol == 0 ? Integer.compare(minutes, other.minutes) : bySymbol;
        }
    }
}

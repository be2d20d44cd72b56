package io.microstream.standalone.report;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectedFault;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the faults that an exchange injected with the rows of {@code data_quality}.
 *
 * @param faults injected faults by kind
 * @param found injected faults that left the expected row: a repaired gap, a duplicate, a
 *     disconnect
 * @param withheld trades that no stream carried
 * @param repaired trades fetched by REST instead
 * @param repeated messages that were sent again
 * @param dropped duplicates that the job dropped
 * @param missed descriptions of the faults that were not found
 */
public record FaultCheck(
        Map<String, Integer> faults,
        int found,
        long withheld,
        long repaired,
        long repeated,
        long dropped,
        List<String> missed) {

    private static final String COVERED =
            """
            SELECT coalesce(sum(least(last_id, ?) - greatest(first_id, ?) + 1), 0)
              FROM data_quality
             WHERE symbol = ? AND kind = ? AND first_id <= ? AND last_id >= ?
            """;
    private static final String TOTAL =
            "SELECT coalesce(sum(%s), 0) FROM data_quality WHERE kind = ? AND symbol = ANY(?)";
    private static final String DROPPED = "substring(detail from 'dropped=([0-9]+)')::bigint";

    /** Checks each injected fault against the rows that the job has committed. */
    public static FaultCheck of(List<InjectedFault> injected, RunInput input, Results results)
            throws SQLException {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        List<String> missed = new ArrayList<>();
        Map<Long, Boolean> strikes = new LinkedHashMap<>();
        Map<String, Long> cuts = new LinkedHashMap<>();
        for (String symbol : input.symbols()) {
            cuts.put(symbol, rows("DISCONNECT", symbol, results));
        }
        long malformed = 0;
        for (String symbol : input.symbols()) {
            malformed += rows("MALFORMED", symbol, results);
        }
        for (InjectedFault fault : injected) {
            boolean seen = isSeen(fault, results);
            if (isUnreadable(fault.fault())) {
                seen &= --malformed >= 0;
            }
            if (endsConnection(fault.fault())) {
                seen &= cuts.merge(fault.symbol(), -1L, Long::sum) >= 0;
            }
            if (strikes.put(fault.row(), seen && strikes.getOrDefault(fault.row(), true)) == null) {
                kinds.merge(fault.fault().getClass().getSimpleName(), 1, Integer::sum);
            }
            if (!seen) {
                missed.add(
                        "row %d %s: %s ids %d…%d"
                                .formatted(
                                        fault.row(),
                                        fault.symbol(),
                                        fault.fault(),
                                        fault.firstId(),
                                        fault.lastId()));
            }
        }
        int found = (int) strikes.values().stream().filter(seen -> seen).count();
        return new FaultCheck(
                kinds,
                found,
                injected.stream().mapToLong(InjectedFault::withheld).sum(),
                total(results, "repaired", "GAP", input),
                injected.stream().mapToLong(InjectedFault::repeated).sum(),
                total(results, DROPPED, "DUPLICATE", input),
                missed);
    }

    /** Returns whether withheld trades are repaired and repeated ones dropped; true for others. */
    private static boolean isSeen(InjectedFault fault, Results results) throws SQLException {
        long ids = fault.lastId() - fault.firstId() + 1;
        if (ids > 0 && fault.withheld() > 0) {
            return covered("GAP", fault, results) == ids;
        }
        if (ids > 0 && fault.repeated() > 0) {
            return covered("DUPLICATE", fault, results) >= ids;
        }
        return true;
    }

    private static boolean isUnreadable(Fault fault) {
        return fault instanceof Fault.Garble garble
                && switch (garble.how()) {
                    case UNKNOWN_FIELD, FRAGMENTED, NUMBER -> false;
                    default -> true;
                };
    }

    private static boolean endsConnection(Fault fault) {
        return fault instanceof Fault.Disconnect
                || fault instanceof Fault.RepeatTailAfterDisconnect
                || fault instanceof Fault.HalfOpen;
    }

    private static long covered(String kind, InjectedFault fault, Results results)
            throws SQLException {
        try (PreparedStatement query = results.connection().prepareStatement(COVERED)) {
            query.setLong(1, fault.lastId());
            query.setLong(2, fault.firstId());
            query.setString(3, fault.symbol());
            query.setString(4, kind);
            query.setLong(5, fault.lastId());
            query.setLong(6, fault.firstId());
            return count(query);
        }
    }

    private static long rows(String kind, String symbol, Results results) throws SQLException {
        try (PreparedStatement query =
                results.connection()
                        .prepareStatement(
                                "SELECT count(*) FROM data_quality WHERE kind = ? AND symbol = ?")) {
            query.setString(1, kind);
            query.setString(2, symbol);
            return count(query);
        }
    }

    private static long total(Results results, String column, String kind, RunInput input)
            throws SQLException {
        try (PreparedStatement query =
                results.connection().prepareStatement(TOTAL.formatted(column))) {
            query.setString(1, kind);
            query.setArray(
                    2, results.connection().createArrayOf("text", input.symbols().toArray()));
            return count(query);
        }
    }

    private static long count(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    int injected() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns a summary in one line. */
    String summary() {
        return "%,d faults injected %s, %,d found in data_quality; %,d trades withheld, %,d repaired; %,d messages repeated, %,d duplicates dropped"
                .formatted(injected(), faults, found, withheld, repaired, repeated, dropped);
    }
}

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
 * Holds what an exchange did wrong against what the job reports in {@code data_quality}.
 *
 * @param faults faults injected, by kind
 * @param found of these, faults that have left what they should: a row, a gap filled, a duplicate
 * @param withheld trades that no stream carried
 * @param repaired trades fetched from REST in their place
 * @param repeated messages that came again
 * @param dropped duplicates dropped
 * @param missed faults without a row, for a person
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

    public static FaultCheck of(List<InjectedFault> injected, RunInput input, Results results)
            throws SQLException {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        List<String> missed = new ArrayList<>();
        Map<Long, Boolean> strikes = new LinkedHashMap<>();
        Map<String, Long> cuts = new LinkedHashMap<>();
        for (String symbol : input.symbols()) {
            cuts.put(symbol, rows("DISCONNECT", symbol, results));
        }
        long letters = 0;
        for (String symbol : input.symbols()) {
            letters += rows("MALFORMED", symbol, results);
        }
        for (InjectedFault fault : injected) {
            boolean seen = isSeen(fault, results);
            if (isUnreadable(fault.fault())) {
                seen &= --letters >= 0;
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

    /** What was withheld is repaired, what was repeated is dropped, what was cut is told. */
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
            return number(query);
        }
    }

    private static long rows(String kind, String symbol, Results results) throws SQLException {
        try (PreparedStatement query =
                results.connection()
                        .prepareStatement(
                                "SELECT count(*) FROM data_quality WHERE kind = ? AND symbol = ?")) {
            query.setString(1, kind);
            query.setString(2, symbol);
            return number(query);
        }
    }

    private static long total(Results results, String column, String kind, RunInput input)
            throws SQLException {
        try (PreparedStatement query =
                results.connection().prepareStatement(TOTAL.formatted(column))) {
            query.setString(1, kind);
            query.setArray(
                    2, results.connection().createArrayOf("text", input.symbols().toArray()));
            return number(query);
        }
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    int injected() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One line for a person. */
    String inWords() {
        return "%,d faults at the exchange %s, %,d found in data_quality; %,d trades withheld, %,d fetched; %,d messages repeated, %,d dropped"
                .formatted(injected(), faults, found, withheld, repaired, repeated, dropped);
    }
}

package io.microstream.live.cases;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rebuilds the bars of a case from its trades and holds them against the stored ones, digit by
 * digit. Trades that the job put aside as too late are in no bar, so they are left out here too.
 * What a stored bar lacks (null, in bars from klines) is not compared.
 */
final class BarCheck {

    private final CaseRows rows;
    private final Set<Long> late = new HashSet<>();
    private final Map<Long, BarBuilder> minutes = new HashMap<>();
    private final Set<Long> leftOut = new TreeSet<>();

    BarCheck(CaseRows rows) {
        this.rows = rows;
        rows.of(Table.LATE_TRADES).forEach(row -> late.add((Long) row.value("agg_trade_id")));
    }

    /** Adds a trade of the window. */
    void add(Trade trade) {
        if (late.contains(trade.id())) {
            leftOut.add(trade.id());
            return;
        }
        minutes.computeIfAbsent(trade.minuteMs(), minute -> new BarBuilder()).add(trade);
    }

    /**
     * Returns the result of the comparison.
     *
     * @param completeToMs trades are in up to here, exclusive: later minutes are not compared
     */
    BarCheckResult result(long completeToMs) {
        List<BarCheckResult.Difference> differences = new ArrayList<>();
        Set<Long> differing = new HashSet<>();
        BigDecimal close = rows.closeBefore();
        int compared = 0;
        int incomplete = 0;
        for (Row stored : rows.of(Table.BARS)) {
            long openTimeMs = stored.time("open_time").toEpochMilli();
            if (openTimeMs + Bar.MINUTE_MS <= completeToMs) {
                compared++;
                incomplete += Boolean.TRUE.equals(stored.value("complete")) ? 0 : 1;
                Map<String, Object> rebuilt = rebuilt(openTimeMs, close);
                if (differ(stored, rebuilt, differences)) {
                    differing.add(openTimeMs);
                }
            }
            close = new BigDecimal(stored.text("close"));
        }
        return new BarCheckResult(
                compared,
                compared - differing.size(),
                incomplete,
                rows.window().bars() - compared,
                List.copyOf(leftOut),
                differences);
    }

    private Map<String, Object> rebuilt(long openTimeMs, BigDecimal previousClose) {
        BarBuilder builder = minutes.get(openTimeMs);
        Bar bar =
                builder == null
                        ? Bar.empty(rows.window().symbol(), openTimeMs, previousClose, true)
                        : builder.toBar(rows.window().symbol(), openTimeMs);
        Map<String, Object> values = new java.util.LinkedHashMap<>();
        values.put("open", bar.open());
        values.put("high", bar.high());
        values.put("low", bar.low());
        values.put("close", bar.close());
        values.put("volume", bar.volume());
        values.put("quote_volume", bar.quoteVolume());
        values.put("taker_buy_volume", bar.takerBuyVolume());
        values.put("taker_buy_quote_volume", bar.takerBuyQuoteVolume());
        values.put("trade_count", bar.tradeCount());
        values.put("first_trade_id", bar.firstTradeId() < 0 ? null : bar.firstTradeId());
        values.put("last_trade_id", bar.lastTradeId() < 0 ? null : bar.lastTradeId());
        return values;
    }

    private static boolean differ(
            Row stored, Map<String, Object> rebuilt, List<BarCheckResult.Difference> differences) {
        int before = differences.size();
        rebuilt.forEach(
                (column, value) -> {
                    Object is = stored.value(column);
                    if (is != null && value != null && !equal(is, value)) {
                        differences.add(
                                new BarCheckResult.Difference(
                                        stored.time("open_time"),
                                        column,
                                        is.toString(),
                                        text(value),
                                        Boolean.TRUE.equals(stored.value("complete"))));
                    }
                });
        return differences.size() > before;
    }

    private static boolean equal(Object stored, Object rebuilt) {
        return rebuilt instanceof BigDecimal exact
                ? exact.compareTo(new BigDecimal(stored.toString())) == 0
                : rebuilt.equals(stored);
    }

    private static String text(Object value) {
        return value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
    }
}

package io.microstream.live.cases;

import io.microstream.live.rows.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The trades of a case, as far as they could be had.
 *
 * @param source where they were looked for
 * @param asked what was asked of whom
 * @param rows in the window
 * @param firstId aggregate id of the first; −1 if there is none
 * @param lastId aggregate id of the last; −1 if there is none
 * @param missingIds between them
 * @param truncated true if there were more than a case takes
 * @param reason why they could not be had; null if they could
 * @param check of the stored bars; null if there were no trades to check with
 */
record TradesFound(
        String source,
        List<String> asked,
        long rows,
        long firstId,
        long lastId,
        long missingIds,
        boolean truncated,
        String reason,
        BarCheckResult check) {

    static TradesFound of(CaseRows rows, CaseTrades trades, long limit, Path file)
            throws IOException {
        CaseWindow window = rows.window();
        BarCheck check = new BarCheck(rows);
        List<String> asked = List.of();
        String reason = null;
        TradesSpool spool = new TradesSpool(window, check, limit, file);
        try (spool) {
            asked = trades.read(window.symbol(), window.fromMs(), window.toMs(), spool);
            reason = spool.rows() == 0 && tradedIn(rows) ? none(trades, window) : null;
        } catch (TradesUnavailableException e) {
            reason = e.getMessage();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new TradesFound(
                trades.source(),
                asked,
                spool.rows(),
                spool.firstId(),
                spool.lastId(),
                spool.missingIds(),
                spool.truncated(),
                reason,
                reason == null ? check.result(spool.completeToMs()) : null);
    }

    String checkLine() {
        return check == null ? "bars not checked: no trades" : check.line();
    }

    /** True unless all stored bars say that nobody traded. */
    private static boolean tradedIn(CaseRows rows) {
        return rows.of(Table.BARS).stream()
                .anyMatch(bar -> !Long.valueOf(0).equals(bar.value("trade_count")));
    }

    private static String none(CaseTrades trades, CaseWindow window) {
        return String.format(
                Locale.ROOT,
                "%s has no trades of %s from %s to %s",
                trades.source(),
                window.symbol(),
                window.from(),
                window.to());
    }
}

package io.microstream.standalone.runtime;

import io.microstream.live.cases.CaseTrades;

/**
 * Says how a run can be monitored.
 *
 * @param page settings of its page; null for none
 * @param trades source of the trades in case files
 * @param isMarketNow whether the run follows the market as it trades, rather than a recorded or
 *     simulated one
 * @param stamped whether rows carry the times of receipt and commit; without them the rows are a
 *     function of the input alone
 */
public record MonitoringOptions(
        PageSettings page, CaseTrades trades, boolean isMarketNow, boolean stamped) {

    /** No page, and rows without the times of receipt and commit. */
    public static final MonitoringOptions NONE =
            new MonitoringOptions(null, CaseTrades.none("this run has no page"), false, false);
}

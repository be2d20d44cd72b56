package io.microstream.standalone.runtime;

import io.microstream.live.cases.CaseTrades;

/**
 * How a run is watched.
 *
 * @param page where its page is; null for none
 * @param trades where the trades of a case file come from
 * @param stamped whether rows carry when they were received and committed; without, they are a
 *     function of the input alone
 */
public record MonitoringOptions(PageSettings page, CaseTrades trades, boolean stamped) {

    /** By nobody. */
    public static final MonitoringOptions NOT =
            new MonitoringOptions(null, CaseTrades.none("nobody watches"), false);
}

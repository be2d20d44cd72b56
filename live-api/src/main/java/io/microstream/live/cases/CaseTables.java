package io.microstream.live.cases;

import io.microstream.live.rows.Table;
import java.util.List;

/** The tables that a case shows. */
final class CaseTables {

    /** The tables whose rows have a symbol and a time, in the order of the case. */
    static final List<Table> IN_WINDOW =
            List.of(
                    Table.BARS,
                    Table.FEATURES,
                    Table.REGIMES,
                    Table.ANOMALIES,
                    Table.DATA_QUALITY,
                    Table.LATE_TRADES,
                    Table.LABELS);

    private CaseTables() {}
}

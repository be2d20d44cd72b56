package io.microstream.live.cases;

import io.microstream.live.rows.Column;
import io.microstream.live.rows.Column.Kind;
import io.microstream.live.rows.Table;
import java.util.List;

/** The table that only cases show, and the list of all that they do. */
final class CaseTables {

    static final Table LATE_TRADES =
            new Table(
                    "late_trades",
                    "trade_time",
                    List.of("symbol", "agg_trade_id"),
                    List.of(
                            new Column("symbol", Kind.TEXT),
                            new Column("agg_trade_id", Kind.COUNT),
                            new Column("price", Kind.EXACT),
                            new Column("quantity", Kind.EXACT),
                            new Column("first_trade_id", Kind.COUNT),
                            new Column("last_trade_id", Kind.COUNT),
                            new Column("trade_time", Kind.TIME),
                            new Column("buyer_is_maker", Kind.TRUTH),
                            new Column("bar_open_time", Kind.TIME),
                            new Column("committed_at", Kind.TIME)),
                    "true");

    /** Those with a symbol and a time. */
    static final List<Table> IN_WINDOW =
            List.of(
                    Table.BARS,
                    Table.FEATURES,
                    Table.REGIMES,
                    Table.ANOMALIES,
                    Table.DATA_QUALITY,
                    LATE_TRADES,
                    Table.LABELS);

    private CaseTables() {}
}

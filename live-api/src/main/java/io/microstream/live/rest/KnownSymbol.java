package io.microstream.live.rest;

import io.microstream.live.rows.Symbols;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Distinguishes a symbol without rows from an unknown one. */
public final class KnownSymbol {

    private KnownSymbol() {}

    /**
     * Passes if the symbol is known.
     *
     * @throws ProblemException (404) if not; its detail names a near one if there is
     */
    public static void require(Connection connection, String symbol) throws SQLException {
        if (!Symbols.isKnown(connection, symbol)) {
            requireBars(connection, symbol);
        }
    }

    /**
     * Passes if the symbol has bars.
     *
     * @throws ProblemException (404) if not
     */
    public static void requireBars(Connection connection, String symbol) throws SQLException {
        List<String> all = Symbols.all(connection);
        if (all.contains(symbol)) {
            return;
        }
        String advice =
                Symbols.near(symbol, all)
                        .map(near -> "Perhaps " + near + " is meant")
                        .orElse("See /api/v1/symbols");
        throw new ProblemException(
                Problem.unknownSymbol(
                        "Unknown symbol: symbol=" + OneLine.of(symbol) + ". " + advice));
    }
}

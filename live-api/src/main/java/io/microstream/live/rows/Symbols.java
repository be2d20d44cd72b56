package io.microstream.live.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the symbols that there are, by leaping through the index of {@code bars}. */
public final class Symbols {

    private static final String ALL =
            """
            WITH RECURSIVE leap AS (
                (SELECT symbol FROM bars ORDER BY symbol LIMIT 1)
                UNION ALL
                SELECT (SELECT symbol FROM bars WHERE symbol > leap.symbol ORDER BY symbol LIMIT 1)
                  FROM leap WHERE leap.symbol IS NOT NULL)
            SELECT symbol FROM leap WHERE symbol IS NOT NULL ORDER BY symbol
            """;

    private static final String KNOWN =
            "SELECT EXISTS (SELECT FROM bars WHERE symbol = ?)"
                    + " OR EXISTS (SELECT FROM data_quality WHERE symbol = ?)";

    /** The pattern of the contract's {@code SymbolName}. */
    private static final Pattern NAME = Pattern.compile("[^\\x00-\\x20/?#%&+]{1,40}");

    private static final int FARTHEST = 2;

    private Symbols() {}

    /**
     * Returns true if a text can be a symbol: 1 to 40 characters of any alphabet, none of /?#%&+.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns all symbols that have bars, in order. */
    public static List<String> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet result = statement.executeQuery()) {
            List<String> symbols = new ArrayList<>();
            while (result.next()) {
                symbols.add(result.getString(1));
            }
            return symbols;
        }
    }

    /** Returns true if a symbol has a bar or a fault of its feed. */
    public static boolean isKnown(Connection connection, String symbol) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setString(1, symbol);
            statement.setString(2, symbol);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Returns the one of {@code known} that was perhaps meant; empty if none is near. */
    public static Optional<String> near(String symbol, List<String> known) {
        String wanted = symbol.toUpperCase(Locale.ROOT);
        Optional<String> close =
                known.stream()
                        .filter(each -> distance(wanted, each) <= FARTHEST)
                        .min(Comparator.comparingInt(each -> distance(wanted, each)));
        return close.isPresent()
                ? close
                : known.stream().filter(each -> each.startsWith(wanted)).findFirst();
    }

    /** Returns how many letters to add, drop or change to get from one to the other. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}

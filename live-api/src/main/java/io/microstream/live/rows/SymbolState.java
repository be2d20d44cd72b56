package io.microstream.live.rows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One symbol at a glance. */
public record SymbolState(ObjectNode json) {

    /** Of every symbol, in order. */
    public static List<SymbolState> all(Connection connection) throws SQLException {
        List<SymbolState> states = new ArrayList<>();
        for (String symbol : Symbols.all(connection)) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("symbol", symbol);
            states.add(new SymbolState(json));
        }
        return states;
    }
}

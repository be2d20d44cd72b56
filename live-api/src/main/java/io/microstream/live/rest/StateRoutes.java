package io.microstream.live.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.live.rows.SymbolState;
import java.util.List;

/** How the market and the feed are now. */
public final class StateRoutes implements Mount {

    private Parts parts;

    @Override
    public void mount(Routes routes, Parts with) {
        this.parts = with;
        routes.operation("listSymbols", this::symbols);
        routes.operation("getSummary", call -> Answer.json(JsonNodeFactory.instance.objectNode()));
        routes.operation("getHealth", call -> Answer.json(JsonNodeFactory.instance.objectNode()));
    }

    private Answer symbols(Call call) {
        call.mediaType();
        List<SymbolState> states = parts.database().readOneState(SymbolState::all);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        states.forEach(state -> list.withArray("items").add(state.json()));
        return Answer.json(list);
    }
}

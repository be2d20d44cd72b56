package io.microstream.binance.replay.exchange.fault;

import io.microstream.binance.replay.Chance;
import java.util.ArrayList;
import java.util.List;

/** Deals cards from a shuffled pile, and takes a new pile when it is used up. */
final class Deal {

    private final List<String> cards;
    private final List<String> pile = new ArrayList<>();

    Deal(List<String> cards) {
        this.cards = cards;
    }

    String next(Chance chance) {
        if (pile.isEmpty()) {
            pile.addAll(cards);
        }
        return pile.remove(pile.size() == 1 ? 0 : (int) chance.below(pile.size()));
    }
}

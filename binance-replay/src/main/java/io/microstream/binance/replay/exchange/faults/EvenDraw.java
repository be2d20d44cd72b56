package io.microstream.binance.replay.exchange.faults;

import io.microstream.binance.replay.Chance;
import java.util.ArrayList;
import java.util.List;

/** Deals cards from a shuffled pile, and takes a new pile when it is used up. */
final class EvenDraw {

    private final List<String> cards;
    private final List<String> pile = new ArrayList<>();

    EvenDraw(List<String> cards) {
        this.cards = cards;
    }

    String next(Chance chance) {
        if (pile.isEmpty()) {
            pile.addAll(cards);
        }
        return pile.remove(pile.size() == 1 ? 0 : (int) chance.below(pile.size()));
    }
}

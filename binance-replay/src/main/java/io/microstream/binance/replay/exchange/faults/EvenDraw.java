package io.microstream.binance.replay.exchange.faults;

import io.microstream.binance.replay.Chance;
import java.util.ArrayList;
import java.util.List;

/** Draws values without putting them back, and begins anew once all are drawn. */
final class EvenDraw<T> {

    private final List<T> values;
    private final List<T> left = new ArrayList<>();

    EvenDraw(List<T> values) {
        this.values = values;
    }

    T next(Chance chance) {
        if (left.isEmpty()) {
            left.addAll(values);
        }
        return left.remove(left.size() == 1 ? 0 : (int) chance.below(left.size()));
    }
}

package io.microstream.binance.replay.exchange.market;

import io.microstream.market.Trade;
import java.util.Iterator;
import java.util.List;

/** The trades of all symbols in one sequence: by time, and by the order of listing where equal. */
final class RowSequence {

    private final List<SymbolMarket> markets;
    private final Trade[] heads;
    private int next = -1;
    private long row;

    RowSequence(List<SymbolMarket> markets) {
        this.markets = markets;
        this.heads = new Trade[markets.size()];
        for (int i = 0; i < heads.length; i++) {
            pull(i);
        }
        choose();
    }

    /** Returns how many rows have been taken. */
    long row() {
        return row;
    }

    /** Returns the next trade as its listing has it; null after the last. */
    Trade peek() {
        return next < 0 ? null : heads[next];
    }

    /** Returns the market of the next trade. */
    SymbolMarket market() {
        return markets.get(next);
    }

    void advance() {
        pull(next);
        row++;
        choose();
    }

    private void pull(int index) {
        Iterator<Trade> trades = markets.get(index).listing().trades();
        heads[index] = trades.hasNext() ? trades.next() : null;
    }

    private void choose() {
        int best = -1;
        for (int i = 0; i < heads.length; i++) {
            if (heads[i] != null && (best < 0 || heads[i].timeUs() < heads[best].timeUs())) {
                best = i;
            }
        }
        next = best;
    }
}

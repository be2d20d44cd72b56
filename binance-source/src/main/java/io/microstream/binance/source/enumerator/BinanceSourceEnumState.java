package io.microstream.binance.source.enumerator;

import io.microstream.binance.source.split.SymbolSplit;
import java.util.List;

/**
 * What a checkpoint keeps of the enumerator; assigned splits are kept by their readers.
 *
 * @param unassigned splits no reader has yet
 */
public record BinanceSourceEnumState(List<SymbolSplit> unassigned) {

    public BinanceSourceEnumState {
        unassigned = List.copyOf(unassigned);
    }
}

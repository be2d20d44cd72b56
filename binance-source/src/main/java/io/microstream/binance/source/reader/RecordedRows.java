package io.microstream.binance.source.reader;

import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.source.split.SymbolSplit;
import java.time.Duration;

/** Opens the recorded rows of a split behind its position. */
final class RecordedRows {

    private RecordedRows() {}

    static SymbolCursor open(SymbolSplit split, Duration timeTolerance) {
        boolean klines = split.files().stream().anyMatch(file -> file.kind() == DumpKind.KLINES);
        return klines
                ? new KlineFilesCursor(split.files(), split.position().rows())
                : new TradeFilesCursor(
                        split.files(),
                        split.position().rows(),
                        split.tradePosition().lastTimeUs(),
                        timeTolerance);
    }
}

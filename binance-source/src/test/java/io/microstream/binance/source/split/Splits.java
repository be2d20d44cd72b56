package io.microstream.binance.source.split;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import java.util.ArrayList;
import java.util.List;

/** Splits for tests. */
public final class Splits {

    private Splits() {}

    /** A split of one file with so many rows, none read. */
    public static SymbolSplit split(String symbol, long rows) {
        return new SymbolSplit(
                symbol, List.of(file(symbol, rows, DumpKind.AGG_TRADES)), TradePosition.START);
    }

    /** A split in which every field has a value of its own. */
    public static SymbolSplit full() {
        List<ArchiveFile> files = new ArrayList<>();
        long rows = 7;
        for (DumpKind kind : DumpKind.values()) {
            files.add(file("ÄTHUSDT", rows += 11, kind));
        }
        return new SymbolSplit("ÄTHUSDT", files, new TradePosition(1, 2, 3, 4, 5, 6, 7, 8));
    }

    private static ArchiveFile file(String symbol, long rows, DumpKind kind) {
        return new ArchiveFile(
                "/data/" + symbol + kind,
                kind,
                symbol,
                List.of(symbol, "OTHER"),
                kind == DumpKind.AGG_TRADES,
                kind == DumpKind.TRADES,
                kind == DumpKind.KLINES,
                rows,
                2,
                3,
                4,
                Long.MAX_VALUE,
                6,
                7,
                kind == DumpKind.CAPTURE,
                kind != DumpKind.CAPTURE,
                kind == DumpKind.TRADES);
    }
}

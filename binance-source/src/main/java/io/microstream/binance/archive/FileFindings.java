package io.microstream.binance.archive;

/**
 * What an inspection found about one symbol's rows in one file, as the checks of the input need it.
 *
 * @param file what readers of the file need
 * @param name of the file; without symbol, kind and period for captures
 * @param rows counts, borders and a sample of the rows
 * @param layout of a dump of trades: columns and the spelling of its flags; empty otherwise
 */
record FileFindings(ArchiveFile file, DumpName name, RowStatistics rows, String layout) {

    boolean isKlines() {
        return file.kind() == DumpKind.KLINES;
    }

    String path() {
        return file.path();
    }
}

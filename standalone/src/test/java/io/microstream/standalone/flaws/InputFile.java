package io.microstream.standalone.flaws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.archive.DumpKind;
import io.microstream.market.Trade;
import io.microstream.testing.FlawedRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A file of recorded input.
 *
 * @param symbol that the name states
 * @param label what the name states after symbol and kind: a day, a month or something else
 * @param fromUs start of the period that the name states; −1 if it states none
 * @param toUs its end, exclusive; −1 if the name states none
 * @param entrySymbol the symbol in the name of the CSV inside a zip; null for a file without a zip
 */
record InputFile(
        DumpKind kind,
        String symbol,
        String label,
        long fromUs,
        long toUs,
        long unitUs,
        String entrySymbol,
        List<Row> rows) {

    /** Returns whether a time lies in the period that the name states, but for a tolerance. */
    boolean names(long timeUs, long toleranceUs) {
        return fromUs < 0 || (timeUs >= fromUs - toleranceUs && timeUs < toUs + toleranceUs);
    }

    /** Writes the file into a folder. */
    void write(Path folder) throws IOException {
        byte[] text =
                rows.stream()
                        .map(this::line)
                        .collect(Collectors.joining("\n", "", "\n"))
                        .getBytes(UTF_8);
        if (kind == DumpKind.CAPTURE) {
            Files.write(folder.resolve(symbol + "-" + label + ".jsonl"), text);
        } else if (entrySymbol == null) {
            Files.write(folder.resolve(name(symbol) + ".csv"), text);
        } else {
            Path zip = folder.resolve(name(symbol) + ".zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                out.putNextEntry(new ZipEntry(name(entrySymbol) + ".csv"));
                out.write(text);
            }
        }
    }

    private String name(String ofSymbol) {
        return ofSymbol + (kind == DumpKind.TRADES ? "-trades-" : "-aggTrades-") + label;
    }

    String line(Row row) {
        Trade trade = row.trade();
        if (trade == null) {
            return row.line();
        }
        return switch (kind) {
            case TRADES ->
                    String.join(
                            ",",
                            String.valueOf(trade.id()),
                            Row.decimal(trade.price()),
                            Row.decimal(trade.quantity()),
                            NaiveBar.decimal(trade.price())
                                    .multiply(NaiveBar.decimal(trade.quantity()))
                                    .toPlainString(),
                            String.valueOf(trade.timeUs() / unitUs),
                            trade.buyerIsMaker() ? "True" : "False",
                            "True");
            case CAPTURE ->
                    ("{\"stream\":\"%s@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":%d,\"s\":\"%s\",\"a\":%d,\"p\":\"%s\",\"q\":\"%s\","
                                    + "\"f\":%d,\"l\":%d,\"T\":%d,\"m\":%s,\"M\":true}}")
                            .formatted(
                                    symbol.toLowerCase(java.util.Locale.ROOT),
                                    trade.timeUs() / unitUs + 7 * 1000 / unitUs,
                                    symbol,
                                    trade.id(),
                                    Row.decimal(trade.price()),
                                    Row.decimal(trade.quantity()),
                                    trade.firstTradeId(),
                                    trade.lastTradeId(),
                                    trade.timeUs() / unitUs,
                                    trade.buyerIsMaker());
            default -> row.aggTrade(unitUs);
        };
    }
}

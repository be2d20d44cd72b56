package io.microstream.binance.replay.dump;

import io.microstream.market.Bar;
import io.microstream.market.Decimal8;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Writes one-minute bars of one symbol as Binance's kline dumps are: {@code
 * SYMBOL-1m-YYYY-MM[-DD].zip} with CHECKSUM; no header line; twelve columns (open time, open, high,
 * low, close, volume, close time, quote volume, trades, taker-buy base and quote volume, 0) or the
 * first six. Quote volumes are rounded half up to eight decimals. Files appear as in {@link
 * AggTradeDump}.
 */
public final class KlineDump implements AutoCloseable {

    private static final long MINUTE_US = Bar.MINUTE_MS * 1000;

    private final CsvRows rows = new CsvRows();
    private final DumpFileSeries files;
    private final boolean twelveColumns;

    /**
     * @param folder where the files go; made if missing
     * @param symbol upper case, as in the file names
     * @param twelveColumns false for the first six columns only
     */
    public KlineDump(Path folder, String symbol, DumpFormat format, boolean twelveColumns) {
        this.files = new DumpFileSeries(folder, symbol + "-1m-", format, rows);
        this.twelveColumns = twelveColumns;
    }

    /** Writes all bars and finishes; returns the files written. */
    public List<Path> write(Iterator<Bar> bars) throws IOException {
        while (bars.hasNext()) {
            bar(bars.next());
        }
        return finish();
    }

    /**
     * Writes the next bar, in open-time order.
     *
     * @throws IllegalArgumentException if twelve columns are wanted and the bar knows six
     */
    public void bar(Bar bar) throws IOException {
        long openTime = files.timeIn(bar.openTimeMs() * 1000);
        StringBuilder row = new StringBuilder(160).append(openTime);
        decimals(row, bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
        if (twelveColumns) {
            requireAll(bar);
            row.append(',').append(openTime + MINUTE_US / files.microsPerUnit() - 1);
            decimals(row, bar.quoteVolume());
            row.append(',').append(bar.tradeCount());
            decimals(row, bar.takerBuyVolume(), bar.takerBuyQuoteVolume());
            row.append(",0");
        }
        rows.line(row.toString());
    }

    private static void decimals(StringBuilder row, BigDecimal... values) {
        for (BigDecimal value : values) {
            String text = value.setScale(Decimal8.SCALE, RoundingMode.HALF_UP).toPlainString();
            row.append(',').append(text);
        }
    }

    private static void requireAll(Bar bar) {
        boolean known = bar.quoteVolume() != null && bar.takerBuyVolume() != null;
        if (!known || bar.takerBuyQuoteVolume() == null || bar.tradeCount() < 0) {
            throw new IllegalArgumentException(
                    "Bar knows six columns, twelve are to be written: symbol="
                            + bar.symbol()
                            + " openTimeMs="
                            + bar.openTimeMs()
                            + ". Complete it with KlineSynthesizer.completed or write six.");
        }
    }

    /**
     * Completes the last file and takes no more rows; returns all files written, in order of time.
     */
    public List<Path> finish() throws IOException {
        return files.finish();
    }

    @Override
    public void close() throws IOException {
        files.discard();
    }
}

package io.microstream.live.cases;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The evidence around a moment as one zip: the trades, every row that was made of them, the models
 * that judged them, a picture and a check that the stored bars follow from the trades.
 *
 * <p>Deterministic: the same rows and the same trades give the same bytes, on a machine with the
 * same fonts. Nothing is silent: what is missing is named in {@code case.json}, in {@code
 * README.txt} and by {@link #warnings}.
 *
 * @param summary the moment in plain words, a line
 * @param check of bars against trades, a line
 * @param warnings what is missing or wrong, a line each; empty if nothing is
 */
public record CaseFile(String summary, String check, List<String> warnings) {

    /** Trades of a case at most; later ones are left out, with a warning. */
    public static final long MAX_TRADES = 2_000_000;

    public CaseFile {
        warnings = List.copyOf(warnings);
    }

    /** As {@link #write(CaseRows, CaseTrades, long, Path)} with {@link #MAX_TRADES}. */
    public static CaseFile write(CaseRows rows, CaseTrades trades, Path file) throws IOException {
        return write(rows, trades, MAX_TRADES, file);
    }

    /**
     * Fetches the trades, checks and draws, and writes the zip. Memory does not grow with the
     * number of trades; they pass through a temporary file.
     *
     * @param rows what the database holds
     * @param trades where the trades are
     * @param maxTrades written at most
     * @param file to write; overwritten
     */
    public static CaseFile write(CaseRows rows, CaseTrades trades, long maxTrades, Path file)
            throws IOException {
        Path spool = Files.createTempFile("microstream-trades-", ".csv");
        try {
            TradesFound found = TradesFound.of(rows, trades, maxTrades, spool);
            CaseChart chart = CaseChart.draw(rows, found.checkLine());
            CaseStory story = new CaseStory(rows, found, chart);
            try (CaseZip zip =
                    new CaseZip(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
                zip.add("README.txt", new CaseReadme(rows, story).text());
                zip.add("case.json", new CaseJson(rows, found, story, chart).text());
                if (chart.png() != null) {
                    zip.add("chart.png", chart.png());
                }
                zip.add("trades.csv", spool);
                for (CaseRows.TableRows table : rows.tables().values()) {
                    if (table.table() != Table.MODELS) {
                        zip.add(table.table().name() + ".csv", csv(table));
                    }
                }
                zip.add("bars.json", CaseJson.text(CaseJson.array(rows.of(Table.BARS))));
                zip.add("models.json", CaseJson.text(CaseJson.array(rows.of(Table.MODELS))));
            }
            return new CaseFile(story.summary(), found.checkLine(), story.warnings());
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private static String csv(CaseRows.TableRows table) {
        StringBuilder csv = new StringBuilder(Row.csvHeader(table.table()));
        table.rows().forEach(row -> row.writeCsv(csv));
        return csv.toString();
    }
}

package io.microstream.live.cases;

import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the README of a case: what is in it and how to check it. */
final class CaseReadme {

    private static final String TEXT =
            """
            A case file of MicroStream
            ==========================

            %s

            Window: %s to %s (UTC, end exclusive), %d minutes before the moment and %d after it.
            %s
            %s
            What is in it
            -------------
            case.json         the moment: bar, features, scores with attribution, regimes, labels, models,
                              where the trades come from, and what was checked
            chart.png         the window as a chart: price over the regimes, volume by direction, regime
                              probabilities, anomaly score with its threshold
            trades.csv        the trades as the exchange published them
            bars.csv/.json    the one-minute bars made of them, as stored
            features.csv      the features of each minute, a function of the bars up to that minute only
            regimes.csv       regime, probabilities and surprise of each minute, by model and version
            anomalies.csv     score, threshold, severity and attribution of each minute, by model and version
            data_quality.csv  faults of the feed that were found in the window: gaps, repeats, disconnections
            late_trades.csv   trades that arrived too late for their bar; no bar contains them
            labels.csv        labels of analysts on these minutes
            models.json       the models that scored these minutes, with their training, settings and SHA-256
            SHA256SUMS        a hash of each file

            Times are UTC. Prices and quantities are exact decimals. An empty field means "not known"; an empty
            text is "". CSV follows RFC 4180; text that a spreadsheet would take for a
            formula (it begins with = + - @ or a tab) has an apostrophe before it. Only final rows are included, none of a minute in progress.

            How to check it
            ---------------
            1. sha256sum -c SHA256SUMS
               shows whether a file was changed since the case was made.
            2. Bars follow from trades: for each minute of trades.csv (without the ids in late_trades.csv) the
               price of the lowest agg_trade_id is open, of the highest close, sum(quantity) is volume,
               sum(price * quantity) quote_volume, the same over rows with buyer_is_maker = false is taker_buy_*,
               sum(last_trade_id - first_trade_id + 1) is trade_count. This was done when the case was made; the
               result is in case.json under checks.
            3. Trades follow from the exchange: ask its REST interface for the same ids
               (GET /api/v3/aggTrades?symbol=...&fromId=...), or read its public dumps.
            4. Scores follow from the features and the model of models.json: the model file itself is not in the
               case; its SHA-256 is. They were not recomputed when the case was made.
            """;

    private final CaseRows rows;
    private final CaseStory story;

    CaseReadme(CaseRows rows, CaseStory story) {
        this.rows = rows;
        this.story = story;
    }

    String text() {
        CaseWindow window = rows.window();
        return String.format(
                Locale.ROOT,
                TEXT,
                story.summary(),
                window.from(),
                window.to(),
                window.minutes(),
                window.minutes(),
                story.check(),
                story.warnings().stream()
                        .map(warning -> "WARNING: " + warning + "\n")
                        .collect(Collectors.joining()));
    }
}

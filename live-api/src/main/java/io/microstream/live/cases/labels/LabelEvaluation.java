package io.microstream.live.cases.labels;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.live.cases.labels.Label.Verdict;
import io.microstream.live.rest.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the models fare by what analysts said. Where several spoke of a minute it is true if all who
 * decided said true, false if all said false, unclear otherwise.
 *
 * <p>The figures are those of the labelled minutes: analysts look at what was flagged, so recall
 * and the areas say little of minutes that nobody looked at.
 *
 * @param symbol null for all
 * @param minutes that have a label
 * @param trues of them
 * @param falses of them
 * @param unclear of them
 * @param models each version that judged one of them, by sign, name and version
 */
public record LabelEvaluation(
        String symbol,
        long minutes,
        long trues,
        long falses,
        long unclear,
        List<ModelMetrics> models) {

    private static final String DECIDED =
            """
            WITH decided AS (
                SELECT symbol, open_time,
                       CASE WHEN bool_or(verdict = 'TRUE') AND bool_or(verdict = 'FALSE') THEN 'UNCLEAR'
                            WHEN bool_or(verdict = 'TRUE') THEN 'TRUE'
                            WHEN bool_or(verdict = 'FALSE') THEN 'FALSE'
                            ELSE 'UNCLEAR' END AS verdict
                  FROM labels WHERE ?::text IS NULL OR symbol = ? GROUP BY symbol, open_time)
            """;

    private static final String COUNTS =
            DECIDED
                    + """
                    SELECT count(*), count(*) FILTER (WHERE verdict = 'TRUE'),
                           count(*) FILTER (WHERE verdict = 'FALSE') FROM decided
                    """;

    private static final String SCORES =
            DECIDED
                    + """
                    SELECT 'ISOLATION' AS sign, model_id COLLATE "C" AS model, model_version, verdict, score,
                           is_anomaly AS flagged
                      FROM decided JOIN anomalies USING (symbol, open_time) WHERE is_final
                    UNION ALL
                    SELECT 'SURPRISE', model_id COLLATE "C", model_version, verdict, surprise,
                           coalesce(is_surprising, false)
                      FROM decided JOIN regimes USING (symbol, open_time) WHERE is_final
                    ORDER BY sign, model, model_version
                    """;

    public LabelEvaluation {
        models = List.copyOf(models);
    }

    /**
     * Reads labels and scores; the connection should stand in one transaction that sees one state.
     *
     * @param symbol null for all
     */
    public static LabelEvaluation read(Connection connection, String symbol) throws SQLException {
        long[] counts = counts(connection, symbol);
        Map<String, List<LabelledScore>> byModel = new LinkedHashMap<>();
        for (LabelledScore score : scores(connection, symbol)) {
            String key = score.sign() + " " + score.modelId() + " " + score.modelVersion();
            byModel.computeIfAbsent(key, k -> new ArrayList<>()).add(score);
        }
        return new LabelEvaluation(
                symbol,
                counts[0],
                counts[1],
                counts[2],
                counts[0] - counts[1] - counts[2],
                byModel.values().stream().map(ModelMetrics::of).toList());
    }

    private static long[] counts(Connection connection, String symbol) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
            statement.setString(1, symbol);
            statement.setString(2, symbol);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new long[] {result.getLong(1), result.getLong(2), result.getLong(3)};
            }
        }
    }

    private static List<LabelledScore> scores(Connection connection, String symbol)
            throws SQLException {
        List<LabelledScore> scores = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SCORES)) {
            statement.setString(1, symbol);
            statement.setString(2, symbol);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    scores.add(
                            new LabelledScore(
                                    LabelledScore.Sign.valueOf(result.getString(1)),
                                    result.getString(2),
                                    result.getLong(3),
                                    Verdict.valueOf(result.getString(4)),
                                    result.getDouble(5),
                                    result.getBoolean(6)));
                }
            }
        }
        return scores;
    }

    /** The same as JSON, names in the manner of columns. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("symbol", symbol).put("labelled_minutes", minutes);
        json.put("labelled_true", trues).put("labelled_false", falses).put("unclear", unclear);
        json.set("models", Json.MAPPER.valueToTree(models));
        return json;
    }
}

package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.market.RollingFeatures;
import io.microstream.tables.Column;
import io.microstream.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the page's {@code contract.ts} are those of the tables and of their roll-ups. */
class PageContractTest {

    private static final Pattern INTERFACE =
            Pattern.compile("(?ms)^export interface (\\w+)(?: extends (\\w+))? \\{(.*?)^}");
    private static final Pattern FIELD = Pattern.compile("(?m)^  (\\w+\\??: .+);$");

    private static final Map<String, Table> TABLES =
            Map.of(
                    "BarRow", Table.BARS,
                    "FeatureRow", Table.FEATURES,
                    "RegimeRow", Table.REGIMES,
                    "AnomalyRow", Table.ANOMALIES,
                    "QualityRow", Table.DATA_QUALITY,
                    "ModelRow", Table.MODELS,
                    "LabelRow", Table.LABELS);

    /** Types that the page knows more of than the database. */
    private static final Map<String, String> PRECISE =
            Map.of(
                    "regime", "Regime",
                    "confirmed_regime", "Regime",
                    "verdict", "Verdict",
                    "attribution", "Record<string, number>");

    private static Map<String, MatchResult> interfaces;

    @BeforeAll
    static void read() throws Exception {
        String contract = Files.readString(Path.of("src/main/web/contract.ts"));
        interfaces = new TreeMap<>();
        INTERFACE
                .matcher(contract)
                .results()
                .forEach(found -> interfaces.put(found.group(1), found));
    }

    @ParameterizedTest
    @CsvSource({"BarRow", "FeatureRow", "RegimeRow", "AnomalyRow"})
    void rowsOfMinutesHaveTheColumnsOfTheirTableAndOfItsRollUps(String name) {
        Table table = TABLES.get(name);
        Map<String, String> expected = fields(table, BucketTables.of(table));
        // What other tables of minutes have is optional here.
        for (String shared : List.of("revision?: number", "bar_revision?: number")) {
            expected.put(shared.replaceFirst("\\?.*", ""), shared);
        }
        Map<String, String> actual = fieldsOf("Timed");
        assertThat(interfaces.get(name).group(2)).isEqualTo("Timed");
        actual.putAll(fieldsOf(name));
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"QualityRow", "ModelRow", "LabelRow"})
    void otherRowsHaveTheColumnsOfTheirTable(String name) {
        Table table = TABLES.get(name);
        assertThat(fieldsOf(name)).isEqualTo(fields(table, table));
    }

    /** A feature means on the page what the database says of its column. */
    @Test
    void featuresMeanWhatTheirColumnsDo() throws Exception {
        Map<String, String> shown = new TreeMap<>();
        Pattern.compile("(?m)^  (\\w+): \\{ name: \"[^\"]+\", means: \"([^\"]+)\", unit: ")
                .matcher(Files.readString(Path.of("src/main/web/terms.ts")))
                .results()
                .forEach(term -> shown.put(term.group(1), term.group(2)));
        Map<String, String> defined = new TreeMap<>();
        try (PostgresServer database = PostgresServer.start().migrated();
                Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            ResultSet columns =
                    statement.executeQuery(
                            "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute"
                                    + " WHERE attrelid = 'features'::regclass"
                                    + " AND atttypid = 'float8'::regtype AND attname <> 'baseline_bars'");
            while (columns.next()) {
                defined.put(columns.getString(1), columns.getString(2));
            }
        }
        assertThat(shown).hasSize(RollingFeatures.SCHEMA.size() - 1).isEqualTo(defined);
    }

    private static Map<String, String> fieldsOf(String name) {
        Map<String, String> fields = new TreeMap<>();
        FIELD.matcher(interfaces.get(name).group(3))
                .results()
                .map(field -> field.group(1))
                .forEach(field -> fields.put(field.replaceFirst("\\W.*", ""), field));
        return fields;
    }

    /** A column that only one of the two shapes has is optional. */
    private static Map<String, String> fields(Table table, Table rollUps) {
        Map<String, String> fields = new TreeMap<>();
        for (Table shape : List.of(table, rollUps)) {
            for (Column column : shape.columns()) {
                boolean isOptional = !has(table, column) || !has(rollUps, column);
                boolean isNullable =
                        isNullable(table, column.name()) || isNullable(rollUps, column.name());
                fields.put(
                        column.name(),
                        column.name()
                                + (isOptional ? "?: " : ": ")
                                + type(column)
                                + (isNullable ? " | null" : ""));
            }
        }
        return fields;
    }

    private static boolean has(Table shape, Column column) {
        return shape.columns().stream().anyMatch(other -> other.name().equals(column.name()));
    }

    private static boolean isNullable(Table shape, String name) {
        return shape.columns().stream()
                .anyMatch(column -> column.name().equals(name) && column.isNullable());
    }

    private static String type(Column column) {
        return PRECISE.getOrDefault(
                column.name(),
                switch (column.type()) {
                    case BOOL -> "boolean";
                    case INT4, INT8, FLOAT8 -> "number";
                    case NUMERIC -> "Exact";
                    case TIMESTAMPTZ -> "Time";
                    case JSONB -> "unknown";
                    default -> "string";
                });
    }
}

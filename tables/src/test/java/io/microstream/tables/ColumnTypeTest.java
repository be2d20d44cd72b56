package io.microstream.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "=HYPERLINK(1) | TEXT | '=HYPERLINK(1)",
                "+1 | TEXT | '+1",
                "-1 | TEXT | '-1",
                "@sum(a,b) | TEXT | \"'@sum(a,b)\"",
                "~\tx~ | TEXT | ~'\tx~",
                "a=b | TEXT | a=b",
                "~~ | TEXT | \"\"",
                "-1.50 | NUMERIC | -1.50",
            })
    void textThatSpreadsheetsWouldCalculateGetsAnApostropheAndNumbersDoNot(
            String text, ColumnType type, String csv) {
        StringBuilder written = new StringBuilder();
        type.writeCsv(written, text);
        assertThat(written).hasToString(csv);
    }

    @Test
    void nullIsAnEmptyFieldOfCsv() {
        StringBuilder written = new StringBuilder();
        ColumnType.TEXT.writeCsv(written, null);
        assertThat(written).isEmpty();
    }

    @Test
    void everyTypeHasItsFormInJson() throws Exception {
        assertThat(json(ColumnType.BOOL, true)).isEqualTo("true");
        assertThat(json(ColumnType.INT4, 7)).isEqualTo("7");
        assertThat(json(ColumnType.INT8, 7L)).isEqualTo("7");
        assertThat(json(ColumnType.FLOAT8, 0.1)).isEqualTo("0.1");
        assertThat(json(ColumnType.NUMERIC, "1.50")).isEqualTo("\"1.50\"");
        assertThat(json(ColumnType.TEXT, "a\"b")).isEqualTo("\"a\\\"b\"");
        assertThat(json(ColumnType.JSONB, "{\"a\": 1}")).isEqualTo("{\"a\": 1}");
        assertThat(json(ColumnType.TIMESTAMPTZ, Instant.ofEpochMilli(1)))
                .isEqualTo("\"1970-01-01T00:00:00.001Z\"");
        assertThat(json(ColumnType.TIMESTAMPTZ, null)).isEqualTo("null");
    }

    private static String json(ColumnType type, Object value) throws Exception {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            type.writeJson(json, value);
        }
        return text.toString();
    }
}

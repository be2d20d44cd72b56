package io.microstream.live.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {

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
                "-1.50 | EXACT | -1.50",
            })
    void textThatSpreadsheetsWouldCalculateGetsAnApostropheAndNumbersDoNot(
            String text, Column.Kind kind, String csv) {
        StringBuilder written = new StringBuilder();
        Cell.writeCsv(written, text, kind);
        assertThat(written).hasToString(csv);
    }
}

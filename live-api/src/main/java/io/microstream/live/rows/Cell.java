package io.microstream.live.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** One value of a row, from the database to JSON and CSV. */
final class Cell {

    /** JSON as the database wrote it. */
    record Json(String text) {}

    /** First characters of what spreadsheets calculate. */
    private static final String FORMULAS = "=+-@\t\r";

    private Cell() {}

    static Object read(ResultSet result, int at, Column.Kind kind) throws SQLException {
        return switch (kind) {
            case TEXT -> result.getString(at);
            case EXACT -> {
                BigDecimal value = result.getBigDecimal(at);
                yield value == null ? null : value.toPlainString();
            }
            case REAL -> real(result, at);
            case COUNT -> {
                long value = result.getLong(at);
                yield result.wasNull() ? null : (Object) value;
            }
            case TRUTH -> {
                boolean value = result.getBoolean(at);
                yield result.wasNull() ? null : (Object) value;
            }
            case TIME -> time(result, at);
            case JSON -> {
                String text = result.getString(at);
                yield text == null ? null : new Json(text);
            }
        };
    }

    private static Double real(ResultSet result, int at) throws SQLException {
        double value = result.getDouble(at);
        return result.wasNull() || Double.isNaN(value) || Double.isInfinite(value) ? null : value;
    }

    private static Instant time(ResultSet result, int at) throws SQLException {
        OffsetDateTime time = result.getObject(at, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static void writeJson(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long count) {
            json.writeNumber(count);
        } else if (value instanceof Double real) {
            json.writeNumber(real);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Json raw) {
            json.writeRawValue(raw.text());
        } else {
            json.writeString(value.toString());
        }
    }

    /**
     * RFC 4180: null is empty, an empty text is quoted, so that the two differ. Text that a
     * spreadsheet would take for a formula gets an apostrophe before it.
     */
    static void writeCsv(StringBuilder csv, Object value, Column.Kind kind) {
        if (value == null) {
            return;
        }
        String plain = value instanceof Json raw ? raw.text() : value.toString();
        boolean isFormula =
                kind == Column.Kind.TEXT
                        && !plain.isEmpty()
                        && FORMULAS.indexOf(plain.charAt(0)) >= 0;
        String text = isFormula ? "'" + plain : plain;
        if (!needsQuotes(text)) {
            csv.append(text);
            return;
        }
        csv.append('"').append(text.replace("\"", "\"\"")).append('"');
    }

    private static boolean needsQuotes(String text) {
        if (text.isEmpty()) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ';
    }
}

package io.microstream.tables;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A type of column: how its values go into the database, come out of it, and are written as JSON
 * and CSV. Null is a value of every type.
 */
public enum ColumnType {
    /** A {@code boolean}: a Boolean; true or false in JSON. */
    BOOL("bool", Types.BOOLEAN),
    /** An {@code integer}: an Integer, read as a Long; a number without fraction in JSON. */
    INT4("int4", Types.INTEGER),
    /** A {@code bigint}: a Long; a number without fraction in JSON. */
    INT8("int8", Types.BIGINT),
    /**
     * A {@code double precision}: a Double; a number in JSON. NaN is stored as null; the infinities
     * are read as null, since JSON has none.
     */
    FLOAT8("float8", Types.DOUBLE),
    /** A {@code numeric}: a BigDecimal, read as a string of every digit stored, as in JSON. */
    NUMERIC("numeric", Types.NUMERIC),
    /** A {@code text}: a String. */
    TEXT("text", Types.VARCHAR),
    /** A {@code jsonb}: a String of JSON; the JSON itself in JSON. */
    JSONB("jsonb", Types.VARCHAR),
    /**
     * A {@code timestamptz}: an Instant; ISO-8601 in UTC, with a fraction only where there is one.
     */
    TIMESTAMPTZ("timestamptz", Types.TIMESTAMP_WITH_TIMEZONE),
    /** An {@code xid8}, the number of a transaction: only the database makes and compares these. */
    XID8("xid8", Types.OTHER);

    /** The first characters of what a spreadsheet calculates. */
    private static final String FORMULAS = "=+-@\t\r";

    private final String sqlName;
    private final int jdbcType;

    ColumnType(String sqlName, int jdbcType) {
        this.sqlName = sqlName;
        this.jdbcType = jdbcType;
    }

    /** Returns the name that {@code information_schema.columns.udt_name} has for the type. */
    public String sqlName() {
        return sqlName;
    }

    /** Binds a value, or null, to the placeholder {@code at} (from 1) of a statement. */
    public void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value == null || value instanceof Double number && number.isNaN()) {
            statement.setNull(at, jdbcType);
            return;
        }
        switch (this) {
            case BOOL -> statement.setBoolean(at, (Boolean) value);
            case INT4, INT8 -> statement.setLong(at, ((Number) value).longValue());
            case FLOAT8 -> statement.setDouble(at, (Double) value);
            case NUMERIC -> statement.setBigDecimal(at, (BigDecimal) value);
            case TIMESTAMPTZ ->
                    statement.setObject(
                            at, OffsetDateTime.ofInstant((Instant) value, ZoneOffset.UTC));
            default -> statement.setString(at, (String) value);
        }
    }

    /**
     * Returns values of one type, each of which may be null, as an SQL array: a parameter of {@code
     * unnest}.
     */
    public Array array(Connection connection, List<?> values) throws SQLException {
        return connection.createArrayOf(sqlName, values.stream().map(this::arrayElement).toArray());
    }

    /** Returns a value as the driver writes it into an array; times go as text. */
    private Object arrayElement(Object value) {
        if (value instanceof Double number && number.isNaN()) {
            return null;
        } else if (this == TIMESTAMPTZ && value != null) {
            String text = value.toString();
            return text.startsWith("+") ? text.substring(1) : text;
        }
        return value;
    }

    /** Reads the value of column {@code at} (from 1) of a result's current row; may be null. */
    public Object read(ResultSet result, int at) throws SQLException {
        Object value =
                switch (this) {
                    case BOOL -> result.getBoolean(at);
                    case INT4, INT8 -> result.getLong(at);
                    case FLOAT8 -> result.getDouble(at);
                    case NUMERIC -> result.getBigDecimal(at);
                    case TIMESTAMPTZ -> result.getObject(at, OffsetDateTime.class);
                    default -> result.getString(at);
                };
        if (result.wasNull() || value instanceof Double number && !Double.isFinite(number)) {
            return null;
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof OffsetDateTime time ? time.toInstant() : value;
    }

    /** Writes a value as JSON; null as {@code null}. */
    public void writeJson(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (this) {
            case BOOL -> json.writeBoolean((Boolean) value);
            case INT4, INT8 -> json.writeNumber(((Number) value).longValue());
            case FLOAT8 -> json.writeNumber((Double) value);
            case JSONB -> json.writeRawValue((String) value);
            default -> json.writeString(value.toString());
        }
    }

    /**
     * Writes a value as a field of RFC 4180. Null is empty and an empty text is quoted, so that the
     * two differ. Text that a spreadsheet would take for a formula gets an apostrophe before it.
     */
    public void writeCsv(StringBuilder csv, Object value) {
        if (value == null) {
            return;
        }
        String plain = value.toString();
        boolean isFormula =
                this == TEXT && !plain.isEmpty() && FORMULAS.indexOf(plain.charAt(0)) >= 0;
        String text = isFormula ? "'" + plain : plain;
        if (needsQuotes(text)) {
            csv.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            csv.append(text);
        }
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

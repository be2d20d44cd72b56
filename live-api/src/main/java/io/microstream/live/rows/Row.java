package io.microstream.live.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.tables.Column;
import io.microstream.tables.ColumnType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of a {@link Table}, as it goes to clients.
 *
 * @param table the shape of the row
 * @param values one for each column, as {@link ColumnType#read} gives it
 */
public record Row(Table table, List<Object> values) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Row {
        values = Collections.unmodifiableList(values);
    }

    /** Returns the value of a column, or null. */
    public Object value(String column) {
        return values.get(table.columns().indexOf(table.column(column)));
    }

    /** Returns the value of a column of text or digits, or null. */
    public String text(String column) {
        return (String) value(column);
    }

    /** Returns the value of a column of times, or null. */
    public Instant time(String column) {
        return (Instant) value(column);
    }

    /** Writes the row as one JSON object. */
    public void writeJson(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < values.size(); i++) {
            json.writeFieldName(table.columns().get(i).name());
            table.columns().get(i).type().writeJson(json, values.get(i));
        }
        json.writeEndObject();
    }

    /** Returns the row as a tree of JSON. */
    public ObjectNode json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writeJson(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parse(text.toString());
    }

    private static ObjectNode parse(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return (ObjectNode) tree;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends the row as a line of CSV, ended by CR LF. */
    public void writeCsv(StringBuilder csv) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                csv.append(',');
            }
            table.columns().get(i).type().writeCsv(csv, values.get(i));
        }
        csv.append("\r\n");
    }

    /** Returns the header line of a table's CSV, ended by CR LF. */
    public static String csvHeader(Table table) {
        return table.columns().stream().map(Column::name).collect(Collectors.joining(",")) + "\r\n";
    }
}

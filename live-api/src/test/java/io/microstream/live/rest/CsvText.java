package io.microstream.live.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads CSV by RFC 4180, letter by letter. */
final class CsvText {

    private CsvText() {}

    /** Rows without the header; what is null there is {@code (null)} here. */
    static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (isQuoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
                wasQuoted = true;
            } else if (!isQuoted && (c == ',' || c == '\r')) {
                row.add(field.isEmpty() && !wasQuoted ? "(null)" : field.toString());
                field.setLength(0);
                wasQuoted = false;
                if (c == '\r') {
                    rows.add(row);
                    row = new ArrayList<>();
                    i++;
                }
            } else {
                field.append(c);
            }
        }
        return rows.subList(1, rows.size());
    }

    /** The same of JSON objects. */
    static List<List<String>> of(List<JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            List<String> row = new ArrayList<>();
            for (JsonNode value : item) {
                row.add(
                        value.isNull()
                                ? "(null)"
                                : value.isContainerNode() ? Json.spaced(value) : value.asText());
            }
            rows.add(row);
        }
        return rows;
    }

    /** JSON as PostgreSQL writes it. */
    private static final class Json {

        static String spaced(JsonNode value) {
            return value.toString().replace("\":", "\": ").replace(",", ", ");
        }
    }
}

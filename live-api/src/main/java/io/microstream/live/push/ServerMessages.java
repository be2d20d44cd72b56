package io.microstream.live.push;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.microstream.live.rest.Json;
import io.microstream.live.rest.Problem;
import io.microstream.live.rows.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of the server, JSON as UTF-8. Their rows are encoded already and only copied. */
final class ServerMessages {

    /** Names of the tables in messages. */
    private static final Map<Table, String> NAMES = names();

    private static final int TYPICAL_BYTES = 4096;

    private ServerMessages() {}

    private static Map<Table, String> names() {
        Map<Table, String> names = new LinkedHashMap<>();
        Table.ALL.forEach(table -> names.put(table, table.name()));
        names.put(Table.DATA_QUALITY, "quality");
        return names;
    }

    static byte[] hello(Instant now, String version, long intervalMs) {
        return utf8(
                message("hello")
                        .put("server_time", now.truncatedTo(ChronoUnit.MILLIS).toString())
                        .put("server_time_ms", now.toEpochMilli())
                        .put("version", version)
                        .put("interval_ms", intervalMs));
    }

    static byte[] pong(long at, Instant now) {
        return utf8(message("pong").put("at", at).put("server_time_ms", now.toEpochMilli()));
    }

    static byte[] status(boolean up, String detail) {
        return utf8(message("status").put("database", up ? "up" : "down").put("detail", detail));
    }

    static byte[] resumed(String cursor) {
        return utf8(message("resumed").put("cursor", cursor));
    }

    /** Encodes a problem as REST does, with its type under another name. */
    static byte[] problem(Problem problem) {
        ObjectNode members = problem.json();
        ObjectNode message = message("problem");
        message.set("problem", members.remove("type"));
        message.setAll(members);
        return utf8(message);
    }

    private static ObjectNode message(String type) {
        return Json.object().put("type", type);
    }

    private static byte[] utf8(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Encodes the newest minutes of a symbol; all lists are present.
     *
     * @param reason why it is sent, where the client did not ask for it; null otherwise
     */
    static byte[] snapshot(SymbolRows symbol, String cursor, String reason) {
        return Json.bytes(
                TYPICAL_BYTES,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("type", "snapshot");
                    json.writeStringField("symbol", symbol.symbol());
                    json.writeStringField("cursor", cursor);
                    if (reason != null) {
                        json.writeStringField("reason", reason);
                    }
                    for (Map.Entry<Table, String> name : NAMES.entrySet()) {
                        List<byte[]> rows = symbol.rows().get(name.getKey());
                        list(json, name.getValue(), rows == null ? List.of() : rows);
                    }
                    json.writeEndObject();
                });
    }

    /** Encodes changes; lists without rows are left out. */
    static byte[] update(List<Change> changes, String cursor, Instant now) {
        return Json.bytes(
                TYPICAL_BYTES,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("type", "update");
                    json.writeStringField("cursor", cursor);
                    json.writeNumberField("sent_at_ms", now.toEpochMilli());
                    for (Map.Entry<Table, String> name : NAMES.entrySet()) {
                        List<byte[]> rows = rows(changes, name.getKey());
                        if (!rows.isEmpty()) {
                            list(json, name.getValue(), rows);
                        }
                    }
                    json.writeEndObject();
                });
    }

    private static List<byte[]> rows(List<Change> changes, Table table) {
        List<byte[]> rows = new ArrayList<>();
        for (Change change : changes) {
            if (change.table() == table) {
                rows.add(change.json());
            }
        }
        return rows;
    }

    /** Copies encoded rows into the message, past the generator, which writes the commas. */
    private static void list(JsonGenerator json, String name, List<byte[]> rows)
            throws IOException {
        OutputStream out = (OutputStream) json.getOutputTarget();
        json.writeArrayFieldStart(name);
        for (byte[] row : rows) {
            json.writeRawValue("");
            json.flush();
            out.write(row);
        }
        json.writeEndArray();
    }
}

package io.microstream.live.push;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.microstream.live.rest.Problem;
import io.microstream.live.rows.Table;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server says, as UTF-8 of JSON. The rows in it are encoded already and only copied. */
final class ServerMessages {

    /** Names of the tables in messages. */
    private static final Map<Table, String> NAMES = names();

    private ServerMessages() {}

    private static Map<Table, String> names() {
        Map<Table, String> names = new LinkedHashMap<>();
        Table.ALL.forEach(table -> names.put(table, table.name()));
        names.put(Table.DATA_QUALITY, "quality");
        return names;
    }

    static byte[] hello(Instant now, String version, long intervalMs) {
        return utf8(
                "{\"type\":\"hello\",\"server_time\":%s,\"server_time_ms\":%d,\"version\":%s,\"interval_ms\":%d}"
                        .formatted(
                                quoted(now.truncatedTo(ChronoUnit.MILLIS).toString()),
                                now.toEpochMilli(),
                                quoted(version),
                                intervalMs));
    }

    static byte[] pong(long at, Instant now) {
        return utf8(
                "{\"type\":\"pong\",\"at\":%d,\"server_time_ms\":%d}"
                        .formatted(at, now.toEpochMilli()));
    }

    static byte[] status(boolean up, String detail) {
        return utf8(
                "{\"type\":\"status\",\"database\":\"%s\",\"detail\":%s}"
                        .formatted(up ? "up" : "down", quoted(detail)));
    }

    static byte[] resumed(String cursor) {
        return utf8("{\"type\":\"resumed\",\"cursor\":%s}".formatted(quoted(cursor)));
    }

    static byte[] problem(Problem problem) {
        return utf8(
                "{\"type\":\"problem\",\"problem\":%s,\"title\":%s,\"status\":%d,\"detail\":%s%s}"
                        .formatted(
                                quoted("urn:microstream:problem:" + problem.name()),
                                quoted(problem.title()),
                                problem.status(),
                                quoted(problem.detail()),
                                problem.parameter() == null
                                        ? ""
                                        : ",\"parameter\":" + quoted(problem.parameter())));
    }

    /**
     * The newest minutes of a symbol; every list is there.
     *
     * @param reason why it is sent, where the client did not ask for it; null otherwise
     */
    static byte[] snapshot(SymbolRows symbol, String cursor, String reason) {
        Body body = new Body();
        body.text("{\"type\":\"snapshot\",\"symbol\":").text(quoted(symbol.symbol()));
        body.text(",\"cursor\":").text(quoted(cursor));
        if (reason != null) {
            body.text(",\"reason\":").text(quoted(reason));
        }
        NAMES.forEach((table, name) -> body.list(name, symbol.rows().get(table)));
        return body.text("}").bytes();
    }

    /** What became visible; lists without rows are left out. */
    static byte[] update(List<Change> changes, String cursor, Instant now) {
        Body body = new Body();
        body.text("{\"type\":\"update\",\"cursor\":").text(quoted(cursor));
        body.text(",\"sent_at_ms\":").text(Long.toString(now.toEpochMilli()));
        NAMES.forEach(
                (table, name) -> {
                    List<byte[]> rows = rows(changes, table);
                    if (!rows.isEmpty()) {
                        body.list(name, rows);
                    }
                });
        return body.text("}").bytes();
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

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A message in the making. */
    private static final class Body {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);

        Body text(String text) {
            out.writeBytes(utf8(text));
            return this;
        }

        void list(String name, List<byte[]> rows) {
            text(",\"" + name + "\":[");
            boolean first = true;
            for (byte[] row : rows == null ? List.<byte[]>of() : rows) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                out.writeBytes(row);
            }
            out.write(']');
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}

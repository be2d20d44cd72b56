package io.microstream.live.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A case as its reader finds it. */
record ZipReader(Map<String, byte[]> files) {

    static ZipReader of(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return new ZipReader(files);
    }

    String text(String name) {
        return new String(files.get(name), UTF_8);
    }

    JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(files.get(name));
    }

    /** RFC 4180 to the letter: quoted fields, doubled quotes, lines ended by CR LF. */
    List<List<String>> csv(String name) {
        String text = text(name);
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder field = new StringBuilder();
            if (text.charAt(at) == '"') {
                at++;
                while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
                    field.append(text.charAt(at));
                    at += text.startsWith("\"\"", at) ? 2 : 1;
                }
                at++;
            } else {
                while (text.charAt(at) != ',' && text.charAt(at) != '\r') {
                    if (text.charAt(at) == '"' || text.charAt(at) == '\n') {
                        throw new IllegalStateException(
                                "stray character: file=" + name + " at=" + at);
                    }
                    field.append(text.charAt(at++));
                }
            }
            row.add(field.toString());
            if (text.startsWith("\r\n", at)) {
                rows.add(row);
                row = new ArrayList<>();
                at += 2;
            } else if (text.charAt(at) == ',') {
                at++;
            } else {
                throw new IllegalStateException("no end of field: file=" + name + " at=" + at);
            }
        }
        return rows;
    }
}

package io.microstream.binance.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.testing.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes recorded files for tests, and finds the real ones beside the project. */
final class DumpFiles {

    /** 2025-06-01T00:00:00Z. */
    static final long DAY_US = 1_748_736_000_000_000L;

    private final Path folder;

    DumpFiles(Path folder) {
        this.folder = folder;
    }

    static Path shared(String name) {
        return SharedData.require("data/" + name);
    }

    static String aggTrade(long id, long time) {
        return id
                + ",100.50000000,0.25000000,"
                + 2 * id
                + ","
                + (2 * id + 1)
                + ","
                + time
                + ",True,True";
    }

    static String trade(long id, long time) {
        return id + ",100.50000000,0.25000000,25.12500000," + time + ",False,True";
    }

    Path plain(String name, String... lines) {
        return bytes(name, content(lines));
    }

    Path zip(String name, String... lines) {
        return written(
                name,
                out -> {
                    try (ZipOutputStream zip = new ZipOutputStream(out)) {
                        zip.putNextEntry(new ZipEntry(name.replace(".zip", ".csv")));
                        zip.write(content(lines));
                    }
                });
    }

    Path gzip(String name, String... lines) {
        return written(
                name,
                out -> {
                    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                        gzip.write(content(lines));
                    }
                });
    }

    Path bytes(String name, byte[] content) {
        return written(name, out -> out.write(content));
    }

    Path cut(Path file, double share) {
        try {
            byte[] all = Files.readAllBytes(file);
            byte[] part = Arrays.copyOf(all, (int) (all.length * share));
            Files.write(file, part);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void checksum(Path file, String form) {
        plain(file.getFileName() + ".CHECKSUM", form.formatted(sha256(file)));
    }

    private static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(String... lines) {
        return (String.join("\n", lines) + (lines.length > 0 ? "\n" : "")).getBytes(UTF_8);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private Path written(String name, Content content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                content.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    static ArchiveFile inspected(DumpKind kind, Path file, String... symbols) {
        List<ArchiveFile> files = ArchiveCatalog.inspect(kind, List.of(file), Set.of(symbols));
        if (files.size() != 1) {
            throw new AssertionError("one file expected: " + files);
        }
        return files.get(0);
    }

    /** All rows a cursor gives, each as a text. */
    static List<String> rows(ArchiveFile file) {
        List<String> rows = new ArrayList<>();
        try (TradeCursor cursor = TradeCursor.open(file)) {
            while (cursor.next()) {
                rows.add(row(cursor));
            }
        }
        return rows;
    }

    static String row(TradeCursor c) {
        if (c.isMalformed()) {
            return c.line() + ": " + c.malformedReason() + ": " + c.malformedText();
        }
        return "%d: %d %d %d %d-%d %d %b"
                .formatted(
                        c.line(),
                        c.id(),
                        c.price(),
                        c.quantity(),
                        c.firstTradeId(),
                        c.lastTradeId(),
                        c.timeUs(),
                        c.buyerIsMaker());
    }
}

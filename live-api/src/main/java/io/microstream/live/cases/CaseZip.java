package io.microstream.live.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip whose bytes depend on its files only: entries carry one fixed time, whatever the clock and
 * the time zone. Its last entry, {@code SHA256SUMS}, lists the others as {@code sha256sum -c} reads
 * it.
 */
final class CaseZip implements AutoCloseable {

    static final String SUMS = "SHA256SUMS";

    /** Any time after 1980-01-01, before which zip knows none. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;
    private final StringBuilder sums = new StringBuilder();

    CaseZip(OutputStream out) {
        zip = new ZipOutputStream(out, UTF_8);
    }

    void add(String name, byte[] content) throws IOException {
        MessageDigest digest = begin(name);
        zip.write(content);
        end(name, digest.digest(content));
    }

    void add(String name, String content) throws IOException {
        add(name, content.getBytes(UTF_8));
    }

    void add(String name, Path file) throws IOException {
        MessageDigest digest = begin(name);
        Files.copy(file, new DigestOutputStream(zip, digest));
        end(name, digest.digest());
    }

    private MessageDigest begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void end(String name, byte[] hash) throws IOException {
        zip.closeEntry();
        sums.append(HexFormat.of().formatHex(hash)).append("  ").append(name).append('\n');
    }

    @Override
    public void close() throws IOException {
        begin(SUMS);
        zip.write(sums.toString().getBytes(UTF_8));
        zip.closeEntry();
        zip.close();
    }
}

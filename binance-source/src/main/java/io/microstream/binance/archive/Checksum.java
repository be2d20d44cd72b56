package io.microstream.binance.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a file against {@code <file>.CHECKSUM} beside it, in the form of {@code sha256sum}, if
 * there is one.
 */
final class Checksum {

    private static final Pattern LINE =
            Pattern.compile("\\s*([0-9a-fA-F]{64})(?:\\s+\\*?(.*?)\\s*)?");
    private static final int MAX_BYTES = 4096;

    private Checksum() {}

    /**
     * Verifies the file; does nothing if it has no checksum file.
     *
     * @throws ArchiveException if the sums differ or the checksum file cannot be understood
     */
    static void verify(Path file) {
        Path sums = file.resolveSibling(file.getFileName() + ".CHECKSUM");
        if (!Files.isRegularFile(sums)) {
            return;
        }
        try {
            Matcher line = line(sums);
            String wanted = line.group(1).toLowerCase(Locale.ROOT);
            String found = sha256(file);
            String name = file.getFileName().toString();
            if (!wanted.equals(found) && line.group(2) != null && !line.group(2).equals(name)) {
                throw new ArchiveException(
                        String.format(
                                Locale.ROOT,
                                "Checksum is of another file: path=%s names=%s. Put the right one beside it or delete it.",
                                sums,
                                line.group(2)));
            }
            if (!wanted.equals(found)) {
                throw new ArchiveException(
                        String.format(
                                Locale.ROOT,
                                "Checksum differs: path=%s expected=%s found=%s. Download the file again.",
                                file,
                                wanted,
                                found));
            }
        } catch (IOException e) {
            throw ByteLines.unreadable(file, 0, e);
        }
    }

    private static Matcher line(Path sums) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(sums)) {
            content = in.readNBytes(MAX_BYTES);
        }
        String first = new String(content, ISO_8859_1).lines().findFirst().orElse("");
        Matcher line = LINE.matcher(first);
        if (!line.matches()) {
            throw new ArchiveException(
                    "Checksum file is not of the form '<sha256>  <name>': path="
                            + sums
                            + ". Download it again or delete it.");
        }
        return line;
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
        byte[] chunk = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

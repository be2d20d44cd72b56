package io.microstream.binance.replay.dump;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One dump file in the making: written under a temporary name, moved to its final name when it is
 * whole, its CHECKSUM after it. Equal rows give equal bytes (with the same zlib).
 */
public final class DumpFile implements Closeable {

    private final Path folder;
    private final String name;
    private final Path unfinished;
    private final MessageDigest digest = sha256();
    private final OutputStream out;
    private final boolean zipped;
    private boolean open = true;

    /**
     * @param baseName name without extension
     * @param stamp the date the zip entry bears, since the real one would differ from run to run
     */
    DumpFile(Path folder, String baseName, boolean zipped, LocalDate stamp) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.zipped = zipped;
        this.name = baseName + (zipped ? ".zip" : ".csv");
        this.unfinished = folder.resolve("." + name + ".part");
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
        OutputStream digested = new DigestOutputStream(file, digest);
        this.out = zipped ? zip(digested, baseName + ".csv", stamp) : digested;
    }

    /** Opens a CSV file that is neither zipped nor dated. */
    public static DumpFile csv(Path folder, String baseName) throws IOException {
        return new DumpFile(folder, baseName, false, LocalDate.EPOCH);
    }

    private static OutputStream zip(OutputStream out, String entryName, LocalDate stamp)
            throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        ZipEntry entry = new ZipEntry(entryName);
        entry.setTimeLocal(stamp.atStartOfDay());
        zip.putNextEntry(entry);
        return zip;
    }

    public OutputStream out() {
        return out;
    }

    /** Finishes the file and gives it its final name, replacing an older one. */
    public Path publish() throws IOException {
        out.close();
        Path file = folder.resolve(name);
        Path checksum = folder.resolve(name + ".CHECKSUM");
        if (zipped) {
            Files.deleteIfExists(checksum);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        open = false;
        if (zipped) {
            String sum = HexFormat.of().formatHex(digest.digest()) + "  " + name + "\n";
            Path part = folder.resolve("." + name + ".CHECKSUM.part");
            Files.write(part, sum.getBytes(US_ASCII));
            Files.move(part, checksum, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** Removes the file if it was not published. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            try {
                out.close();
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

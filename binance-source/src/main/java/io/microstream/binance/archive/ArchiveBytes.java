package io.microstream.binance.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Opens a recorded file as a stream of its plain bytes, unpacked if its first bytes or its
 * extension say that it is a zip (of one file) or gzip. A damaged container raises an {@link
 * IOException} at the latest when its end is read: length and CRC are checked.
 */
final class ArchiveBytes {

    private static final int CHUNK = 1 << 16;

    private ArchiveBytes() {}

    /** Opens the file; closing the stream closes it. */
    /** Opens the file; closing the stream closes it. */
    static InputStream open(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        byte[] magic = magic(file);
        boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        boolean zip = magic.length == 2 && magic[0] == 'P' && magic[1] == 'K';
        if (zip || name.endsWith(".zip")) {
            return openZip(file);
        }
        InputStream raw = Files.newInputStream(file);
        if (!gzip && !name.endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, CHUNK);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static byte[] magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(2);
        }
    }

    private static InputStream openZip(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            ZipEntry entry = onlyFile(zip);
            return new ZipContent(zip, entry);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipEntry onlyFile(ZipFile zip) throws ZipException {
        List<? extends ZipEntry> files =
                zip.stream()
                        .filter(e -> !e.isDirectory() && !e.getName().startsWith("__MACOSX/"))
                        .toList();
        if (files.size() != 1) {
            throw new ZipException("the zip holds " + files.size() + " files instead of one");
        }
        return files.get(0);
    }

    /** Reads the one file of a zip and checks its CRC, which {@link ZipFile} itself does not. */
    private static final class ZipContent extends FilterInputStream {
        private final ZipFile zip;
        private final long wanted;
        private final CRC32 crc = new CRC32();

        ZipContent(ZipFile zip, ZipEntry entry) throws IOException {
            super(zip.getInputStream(entry));
            this.zip = zip;
            this.wanted = entry.getCrc();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                crc.update(into, offset, count);
            } else if (count < 0 && crc.getValue() != wanted) {
                throw new ZipException("the CRC of the zip's content is wrong");
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}

package io.microstream.binance.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Opens a recorded file as a stream of its plain bytes, unpacked if its first bytes or its
 * extension say that it is a zip or gzip. Of a zip with several files, the one is read that {@link
 * ZipChoice} chooses. A damaged container raises an {@link IOException} at the latest when its end
 * is read: length and CRC are checked.
 */
final class ArchiveBytes {

    private static final int CHUNK = 1 << 16;

    private ArchiveBytes() {}

    /**
     * Opens the file; closing the stream closes it.
     *
     * @throws ArchiveException if it is a zip of several files none of which is the one to read
     */
    static InputStream open(Path file) throws IOException {
        byte[] magic = magic(file);
        if (isZip(file, magic)) {
            return openZip(file);
        }
        String name = name(file);
        boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
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

    /** Returns the choice among the files of a zip; empty if the file is no zip. */
    static Optional<ZipChoice> choice(Path file) throws IOException {
        if (!isZip(file, magic(file))) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return Optional.of(ZipChoice.of(file, zip));
        }
    }

    private static boolean isZip(Path file, byte[] magic) {
        boolean marked = magic.length == 2 && magic[0] == 'P' && magic[1] == 'K';
        return marked || name(file).endsWith(".zip");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private static byte[] magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(2);
        }
    }

    private static InputStream openZip(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            return new ZipContent(zip, ZipChoice.of(file, zip).entry());
        } catch (IOException | ArchiveException e) {
            zip.close();
            throw e;
        }
    }

    /** Reads one file of a zip and checks its CRC, which {@link ZipFile} itself does not. */
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

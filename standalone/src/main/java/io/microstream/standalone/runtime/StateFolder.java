package io.microstream.standalone.runtime;

import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A folder that a run writes to: how much room it has, and whether it can be written at all. */
record StateFolder(Path path) {

    private static final int PROBE_BYTES = 64 << 10;
    private static final long LEAST_BYTES = 1 << 20;

    /** Creates the folder, and refuses one that cannot be written. */
    static StateFolder create(Path path, String option) {
        StateFolder folder = new StateFolder(path);
        String fault;
        try {
            Files.createDirectories(path);
            fault = folder.fault(0);
        } catch (IOException e) {
            fault = reason(e);
        }
        if (!fault.isEmpty()) {
            throw new UserError(
                    "Folder not writable: %s cause=%s. %s"
                            .formatted(folder.place(), fault, "Free space there, or " + option));
        }
        return folder;
    }

    /**
     * Returns why a file cannot be written here; empty if it can.
     *
     * @param bytes that there must be room for
     */
    String fault(long bytes) {
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            long needed = Math.max(bytes, LEAST_BYTES);
            if (free < needed) {
                return "No space left on device, needed=" + megabytes(needed);
            }
        } catch (IOException e) {
            return reason(e);
        }
        Path probe = null;
        try {
            probe = Files.createTempFile(path, "probe", ".tmp");
            try (OutputStream out = Files.newOutputStream(probe)) {
                out.write(new byte[PROBE_BYTES]);
            }
            return "";
        } catch (IOException e) {
            return reason(e);
        } finally {
            delete(probe);
        }
    }

    /** Returns the folder and its free bytes, as {@code folder=… free=…}. */
    String place() {
        return "folder=" + path + " free=" + free();
    }

    private String free() {
        try {
            return megabytes(Files.getFileStore(existing()).getUsableSpace());
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Returns bytes as text, e.g. {@code 0.0 MB}. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private Path existing() {
        Path at = path.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    /** Returns the system's own words, which follow the name of the file where there is one. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "Not a folder";
        }
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void delete(Path probe) {
        if (probe != null) {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(StateFolder.class)
                        .debug("Probe not deleted: file={}", probe, e);
            }
        }
    }
}

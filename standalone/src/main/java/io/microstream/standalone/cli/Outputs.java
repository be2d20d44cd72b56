package io.microstream.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out before a run whether its results can be written. */
final class Outputs {

    private Outputs() {}

    /**
     * Refuses a file that cannot be written.
     *
     * @param option name of the option, for the message
     */
    static void requireFile(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadUsage(
                    "Folder missing: "
                            + option
                            + "="
                            + file
                            + ". Give a file in an existing folder");
        }
        boolean writable = Files.isRegularFile(file) ? Files.isWritable(file) : isUsable(folder);
        if (Files.isDirectory(file) || !writable) {
            throw new BadUsage(
                    "File not writable: " + option + "=" + file + ". Give a writable file");
        }
    }

    /** Makes a folder, if it is missing, and refuses it if nothing can be written to it. */
    static void requireFolder(String option, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritable(option, folder);
        }
        if (!isUsable(folder)) {
            throw notWritable(option, folder);
        }
    }

    private static boolean isUsable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".microstream", ".part"));
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    private static BadUsage notWritable(String option, Path folder) {
        return new BadUsage(
                "Folder not writable: " + option + "=" + folder + ". Give a writable folder");
    }
}

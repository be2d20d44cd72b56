package io.microstream.training.outliers;

import io.microstream.training.history.TrainingException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Locates data sets: files, and folders whose .csv, .csv.gz and .zip files are read in order of
 * their names; subfolders are not searched. A zip holds one file.
 */
final class DataSetFiles {

    private DataSetFiles() {}

    /**
     * Returns the files that paths stand for, in order.
     *
     * @throws TrainingException if a path does not exist or a folder holds no data set
     */
    static List<Path> find(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(in(path));
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new TrainingException(
                        "File not found: path="
                                + path
                                + ". Name a .csv, .csv.gz or .zip file, or a folder of them.");
            }
        }
        return files;
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files =
                    entries.filter(DataSetFiles::isDataSet)
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new TrainingException(
                        "No data sets: folder=" + folder + " holds no .csv, .csv.gz or .zip file.");
            }
            return files;
        } catch (IOException e) {
            throw new TrainingException(
                    "Folder not readable: folder=" + folder + " cause=" + e.getMessage(), e);
        }
    }

    private static boolean isDataSet(Path file) {
        String name = lowerCase(file);
        return name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".zip");
    }

    /** Returns the file name in lower case, without its endings. */
    static String nameOf(Path file) {
        return lowerCase(file).replaceFirst("(\\.csv)?(\\.gz|\\.zip)?$", "");
    }

    private static String lowerCase(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** Opens a file for reading, decompressed according to its ending. */
    static InputStream open(Path file) throws IOException {
        String name = lowerCase(file);
        if (name.endsWith(".zip")) {
            return onlyEntry(file);
        }
        InputStream bytes = Files.newInputStream(file);
        if (!name.endsWith(".gz")) {
            return bytes;
        }
        try {
            return new GZIPInputStream(bytes, 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static InputStream onlyEntry(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            if (entries.size() != 1) {
                throw new IOException("a zip must hold one file, this one holds " + entries.size());
            }
            return new FilterInputStream(zip.getInputStream(entries.get(0))) {
                @Override
                public void close() throws IOException {
                    zip.close();
                }
            };
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }
}

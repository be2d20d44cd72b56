package io.microstream.binance.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the files of a kind: the files given, and in the folders given those whose names contain
 * the kind. Hidden files are skipped; where a folder has a dump packed and unpacked, the packed one
 * is taken.
 */
final class ArchiveSearch {

    private static final List<String> DUMP_EXTENSIONS = List.of(".zip", ".csv.gz", ".csv");
    private static final List<String> CAPTURE_EXTENSIONS =
            List.of(".gz", ".txt", ".jsonl", ".ndjson");

    private final DumpKind kind;

    ArchiveSearch(DumpKind kind) {
        this.kind = kind;
    }

    /**
     * Returns the files with absolute paths, each once: in the order of the inputs, and within a
     * folder sorted by name.
     *
     * @throws ArchiveException if an input is missing, of another kind, or a folder without any
     */
    List<Path> find(Collection<Path> inputs) {
        if (inputs.isEmpty()) {
            throw new ArchiveException(
                    "No input: kind=" + kind + ". Name at least one file or folder.");
        }
        Set<Path> found = new LinkedHashSet<>();
        for (Path input : inputs) {
            Path path = input.toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                found.addAll(inFolder(path));
            } else if (Files.isRegularFile(path)) {
                checkKind(path);
                found.add(path);
            } else {
                throw new ArchiveException(
                        "Input not found: path=" + path + ". A file or a folder is expected.");
            }
        }
        return List.copyOf(found);
    }

    private void checkKind(Path file) {
        DumpName name = DumpName.of(file);
        if (kind != DumpKind.CAPTURE && name.part() != null && !name.isOf(kind)) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "File is of another kind: path=%s found=%s wanted=%s. Give %s files or ask for the other kind.",
                            file,
                            name.part(),
                            DumpName.partOf(kind),
                            kind));
        }
    }

    private Collection<Path> inFolder(Path folder) {
        Map<String, Path> found = new TreeMap<>();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            walk.filter(Files::isRegularFile).filter(isWanted()).sorted().forEach(all::add);
        } catch (IOException e) {
            throw ByteLines.unreadable(folder, 0, e);
        } catch (UncheckedIOException e) {
            throw ByteLines.unreadable(folder, 0, e.getCause());
        }
        for (Path file : all) {
            found.merge(withoutExtension(file), file, ArchiveSearch::packed);
        }
        if (found.isEmpty()) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "No file of this kind in folder: path=%s kind=%s expected=%s. Check the folder or name the files.",
                            folder,
                            kind,
                            expectedNames()));
        }
        return found.values();
    }

    private Predicate<Path> isWanted() {
        return file -> {
            String name = file.getFileName().toString();
            if (name.startsWith(".") || extension(name) < 0) {
                return false;
            }
            DumpName dump = DumpName.of(file);
            return kind == DumpKind.CAPTURE ? dump.part() == null : dump.isOf(kind);
        };
    }

    private List<String> extensions() {
        return kind == DumpKind.CAPTURE ? CAPTURE_EXTENSIONS : DUMP_EXTENSIONS;
    }

    private int extension(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < extensions().size(); i++) {
            if (lower.endsWith(extensions().get(i))) {
                return i;
            }
        }
        return -1;
    }

    private String withoutExtension(Path file) {
        String path = file.toString();
        int extension = extension(path);
        boolean capture = kind == DumpKind.CAPTURE;
        return capture
                ? path
                : path.substring(0, path.length() - extensions().get(extension).length());
    }

    private static Path packed(Path one, Path other) {
        return one.toString().toLowerCase(Locale.ROOT).endsWith(".csv") ? other : one;
    }

    private String expectedNames() {
        return kind == DumpKind.CAPTURE
                ? "*.gz|txt|jsonl|ndjson"
                : "SYMBOL-" + DumpName.partOf(kind) + "-YYYY-MM[-DD].zip|csv|csv.gz";
    }
}

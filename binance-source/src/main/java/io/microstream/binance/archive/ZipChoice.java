package io.microstream.binance.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The file of a zip that is read: the only one, else the one at the root that is named like the
 * zip, else the only CSV.
 *
 * @param entry the file chosen
 * @param others names of the files that are passed over
 */
record ZipChoice(ZipEntry entry, List<String> others) {

    private static final int SHOWN = 5;

    /**
     * Chooses the file to read.
     *
     * @throws ArchiveException if the zip holds no file, or several and it is unclear which one
     */
    static ZipChoice of(Path file, ZipFile zip) {
        List<? extends ZipEntry> files =
                zip.stream()
                        .filter(e -> !e.isDirectory() && !e.getName().startsWith("__MACOSX/"))
                        .toList();
        if (files.isEmpty()) {
            throw new ArchiveException(
                    "Zip holds no file: path=" + file + ". Download it again or remove it.");
        }
        ZipEntry chosen = choose(file, files);
        return new ZipChoice(
                chosen, files.stream().filter(e -> e != chosen).map(ZipEntry::getName).toList());
    }

    private static ZipEntry choose(Path file, List<? extends ZipEntry> files) {
        String own = withoutExtension(file.getFileName().toString());
        return only(files, e -> true)
                .or(() -> only(files, e -> withoutExtension(e.getName()).equals(own)))
                .or(() -> only(files, e -> lower(e).endsWith(".csv")))
                .orElseThrow(() -> unclear(file, files));
    }

    private static Optional<ZipEntry> only(
            List<? extends ZipEntry> files, Predicate<ZipEntry> wanted) {
        List<? extends ZipEntry> found = files.stream().filter(wanted).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String lower(ZipEntry entry) {
        return entry.getName().toLowerCase(Locale.ROOT);
    }

    private static String withoutExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static ArchiveException unclear(Path file, List<? extends ZipEntry> files) {
        List<String> names = files.stream().map(ZipEntry::getName).limit(SHOWN).toList();
        String more =
                files.size() > SHOWN
                        ? String.format(Locale.ROOT, " and %d more", files.size() - SHOWN)
                        : "";
        return new ArchiveException(
                String.format(
                        Locale.ROOT,
                        "Zip holds several files: path=%s entries=%s%s. Unpack the one wanted and give its path.",
                        file,
                        names,
                        more));
    }
}

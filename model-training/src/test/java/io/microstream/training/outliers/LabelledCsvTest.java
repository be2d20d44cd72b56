package io.microstream.training.outliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.training.history.TrainingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledCsvTest {

    private static final String PLAIN = "width,height,outlier\n1,2,0\n3.5,-4e-2,1\n5,6,0\n";

    @TempDir private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<LabelledRows> read(Path... paths) {
        return OutlierEvaluation.read(List.of(paths));
    }

    private static void assertPlain(LabelledRows rows) {
        assertThat(rows.features().values()).containsExactly(1, 2, 3.5, -.04, 5, 6);
        assertThat(rows.outlier()).containsExactly(false, true, false);
        assertThat(rows.outliers()).isEqualTo(1);
    }

    @Test
    void headerOrNotTheRowsAreTheSame() throws IOException {
        assertPlain(read(write("a.csv", PLAIN)).get(0));
        assertPlain(read(write("b.csv", PLAIN.substring(PLAIN.indexOf('\n') + 1))).get(0));
        assertPlain(read(write("c.csv", PLAIN.replace("width,height", "0,1"))).get(0));
    }

    @Test
    void quotesSpacesBlankLinesByteOrderMarkAndWindowsLineEndsAreNoMatter() throws IOException {
        String dressed =
                "\uFEFF"
                        + PLAIN.replace("3.5", "\"3.5\"")
                                .replace(",", " , ")
                                .replace("1\n", "1.0\n\n")
                                .replace("\n", "\r\n");
        assertPlain(read(write("a.csv", dressed.replace(" , ", ","))).get(0));
        assertPlain(read(write("b.csv", "\uFEFF" + PLAIN.replace(",", " , "))).get(0));
        assertPlain(read(write("c.csv", PLAIN.strip())).get(0));
    }

    @Test
    void elevenColumnsKeepTheOrderOfTheFile() throws IOException {
        LabelledRows rows =
                read(write("a.csv", "0,1,2,3,4,5,6,7,8,9,10,0\n9,9,9,9,9,9,9,9,9,9,9,1\n")).get(0);
        assertThat(rows.features().values()).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(rows.features().names()).startsWith("x00", "x01").endsWith("x10");
    }

    @Test
    void moreRowsThanTheFirstBufferAreKept() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 5_000; row++) {
            text.append(row).append(',').append(-row).append(',').append(row % 2).append('\n');
        }
        LabelledRows rows = read(write("a.csv", text.toString())).get(0);
        assertThat(rows.outliers()).isEqualTo(2_500);
        assertThat(rows.features().rows()).isEqualTo(5_000);
        assertThat(rows.features().values()).endsWith(4_999, -4_999);
    }

    @Test
    void foldersAreReadInOrderOfNamesPackedOrNot() throws IOException {
        write("c.csv", PLAIN);
        write("README.md", "no data");
        Files.createDirectory(folder.resolve("deeper.csv"));
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(PLAIN.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("B.CSV.GZ"), gzip.toByteArray());
        zip("a.zip", "anything.txt");
        List<LabelledRows> sets = read(folder);
        assertThat(sets).extracting(LabelledRows::name).containsExactly("b", "a", "c");
        sets.forEach(LabelledCsvTest::assertPlain);
    }

    private Path zip(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(PLAIN.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    @Test
    void badCellsAreReportedWithFileLineAndColumn() throws IOException {
        refused(PLAIN.replace("3.5", "n/a"), "line=3 column=1 (width) value=\"n/a\"", "number");
        refused(PLAIN.replace("3.5", "NaN"), "line=3 column=1 (width) value=\"NaN\"", "finite");
        refused(PLAIN.replace("3.5", ""), "line=3 column=1 (width) value=\"\"", "finite");
        refused(PLAIN.replace("3.5", "Infinity"), "line=3 column=1", "finite");
        refused(PLAIN.replace("3.5", "1e999"), "line=3 column=1", "1.0E100");
        refused(PLAIN.replace("3.5", "-1e308"), "line=3 column=1", "1.0E100");
        refused(PLAIN.replace("3.5", "\0\u00073"), "line=3 column=1 (width) value=\"??3\"");
        refused(PLAIN.replace("3.5", "7".repeat(50) + "x"), "value=\"" + "7".repeat(40) + "…\"");
        refused(PLAIN.replace("3.5", "1d"), "line=3 column=1", "number");
        refused(PLAIN.replace("3.5", "0x1p3"), "line=3 column=1", "number");
        refused(PLAIN.replace("-4e-2,1", "-4e-2,2"), "line=3 column=3 (outlier) value=\"2\"", "0");
        refused(PLAIN.replace("-4e-2,1", "-4e-2,yes"), "line=3 column=3 (outlier)", "number");
        refused("1,2,0\n3,x,1\n", "line=2 column=2 value=\"x\"", "number");
        refused("1,2,yes\n3,4,0\n5,6,1\n", "line=1 column=3 value=\"yes\"", "number");
        refused("1,2,0\n\n\n3,x,1\n", "line=4 column=2", "number");
    }

    @Test
    void raggedShortAndOneSidedFilesAreRefused() throws IOException {
        refused(PLAIN.replace("5,6,0", "5,0"), "line=4 cells=2 expected=3", "Mend");
        refused(PLAIN.replace("5,6,0", "5,6,7,0"), "line=4 cells=4 expected=3", "Mend");
        refused(PLAIN.replace(",", ";"), "line=1 columns=1", "commas");
        refused("", "No rows", "Expected");
        refused("\n\n", "No rows", "Expected");
        refused("width,height,outlier\n", "No rows", "Expected");
        refused("1,2,0\n3,4,0\n", "rows=2 outliers=0", "Only one class");
        refused("1,2,1\n3,4,1\n", "rows=2 outliers=2", "Only one class");
        refused("1,2,0\n3,\"4,0\n", "Quote not closed", "line=");
        refused("1,2,0\n3,\"4,0\n5,6,0\n7,8,0\n", "Quote not closed", "line=");
    }

    private void refused(String text, String... said) throws IOException {
        Path file = write("bad.csv", text);
        assertThatThrownBy(() -> read(file))
                .as(text)
                .isInstanceOf(TrainingException.class)
                .hasMessageContainingAll(said)
                .hasMessageContaining("file=" + file)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }

    @Test
    void filesThatAreNotThereOrNotWhatTheySayAreRefused() throws IOException {
        assertThatThrownBy(() -> read(folder.resolve("no.csv")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("File not found: path=" + folder.resolve("no.csv"));
        assertThatThrownBy(() -> read(folder))
                .hasMessageContaining("No data sets: folder=" + folder);
        assertThatThrownBy(() -> read(write("a.csv.gz", PLAIN)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("a.csv.gz")
                .hasMessageContaining("GZIP");
        assertThatThrownBy(() -> read(write("a.zip", PLAIN)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("a.zip");
        assertThatThrownBy(() -> read(zip("two.zip", "a.csv", "b.csv")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("two.zip")
                .hasMessageContaining("holds 2");
    }

    @Test
    void aPackedFileThatIsCutOffIsRefused() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(PLAIN.repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        byte[] half = Arrays.copyOf(gzip.toByteArray(), gzip.size() - 12);
        Path file = Files.write(folder.resolve("cut.csv.gz"), half);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("cut.csv.gz");
    }
}

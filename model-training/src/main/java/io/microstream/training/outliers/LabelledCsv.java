package io.microstream.training.outliers;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvMalformedLineException;
import com.opencsv.exceptions.CsvMultilineLimitBrokenException;
import com.opencsv.exceptions.CsvValidationException;
import io.microstream.models.features.FeatureMatrix;
import io.microstream.training.history.TrainingException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads a CSV of the form features…, outlier: commas, decimal numbers, 1 in the last column for an
 * outlier and 0 for all other rows.
 *
 * <p>A first row without numbers is a header and names the columns in messages; so is one that
 * counts them from 0. Quotes, spaces around cells, empty lines and a byte order mark are allowed;
 * empty cells, NaN and infinities are not.
 *
 * <p>Not thread-safe; an instance reads one file.
 */
final class LabelledCsv {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /**
     * Largest magnitude accepted: squares of larger numbers, summed over many rows, could overflow.
     */
    private static final double LARGEST = 1e100;

    private final Path file;
    private final CSVReader csv;
    private List<String> header = List.of();
    private int width;
    private double[] cells = new double[1 << 12];
    private int rows;

    private LabelledCsv(Path file, CSVReader csv) {
        this.file = file;
        this.csv = csv;
    }

    /**
     * Reads the rows of a file.
     *
     * @throws TrainingException with file, line and column if it cannot be read or evaluated
     */
    static LabelledRows read(Path file) {
        try (Reader text = new InputStreamReader(DataSetFiles.open(file), StandardCharsets.UTF_8);
                CSVReader csv =
                        new CSVReaderBuilder(text)
                                .withCSVParser(new RFC4180ParserBuilder().build())
                                .withMultilineLimit(1)
                                .build()) {
            return new LabelledCsv(file, csv).rows();
        } catch (IOException e) {
            throw new TrainingException(
                    "File not readable: file=" + file + " cause=" + e.getMessage(), e);
        }
    }

    private LabelledRows rows() {
        for (String[] row = next(); row != null; row = next()) {
            clean(row);
            if (row.length == 1 && row[0].isEmpty()) {
                continue;
            }
            if (width == 0) {
                begin(row);
            } else {
                add(row);
            }
        }
        if (rows == 0) {
            throw new TrainingException(
                    "No rows: file=" + file + ". Expected rows of numbers, the last one 0 or 1.");
        }
        return labelled();
    }

    private String[] next() {
        try {
            return csv.readNext();
        } catch (CsvMalformedLineException | CsvMultilineLimitBrokenException e) {
            throw new TrainingException(
                    "Quote not closed in its line: file=" + file + at() + ". Close or remove it.",
                    e);
        } catch (IOException | CsvValidationException e) {
            throw new TrainingException(
                    "File not readable: file=" + file + at() + " cause=" + e.getMessage(), e);
        }
    }

    private void clean(String[] row) {
        if (width == 0 && row[0].startsWith("\uFEFF")) {
            row[0] = row[0].substring(1);
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = row[i].strip();
        }
    }

    private void begin(String[] first) {
        width = first.length;
        if (width < 2) {
            throw new TrainingException(
                    "Too few columns: file="
                            + file
                            + at()
                            + " columns="
                            + width
                            + ". Expected features and, last, the label, with commas between.");
        }
        if (isHeader(first)) {
            header = List.of(first);
        } else {
            add(first);
        }
    }

    private static boolean isHeader(String[] row) {
        return !isNumber(row[row.length - 1])
                && IntStream.range(0, row.length)
                        .allMatch(i -> !isNumber(row[i]) || row[i].equals(String.valueOf(i)));
    }

    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    private void add(String[] row) {
        if (row.length != width) {
            throw new TrainingException(
                    "Row of another length: file="
                            + file
                            + at()
                            + " cells="
                            + row.length
                            + " expected="
                            + width
                            + ". Mend or remove the row.");
        }
        int first = rows * width;
        if (first + width > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(first + width, 2 * cells.length));
        }
        for (int i = 0; i < width; i++) {
            cells[first + i] = number(row, i);
        }
        double label = cells[first + width - 1];
        if (label != 0 && label != 1) {
            throw bad("Label is neither 0 nor 1", row, width - 1, "1 means outlier, 0 all others.");
        }
        rows++;
    }

    private double number(String[] row, int column) {
        if (!isNumber(row[column])) {
            throw bad(
                    "Not a finite number",
                    row,
                    column,
                    "Fill in or remove what is missing, and code categories as numbers.");
        }
        double value = Double.parseDouble(row[column]);
        if (Math.abs(value) > LARGEST) {
            throw bad("Number beyond ±" + LARGEST, row, column, "Rescale the column.");
        }
        return value;
    }

    private TrainingException bad(String what, String[] row, int column, String advice) {
        String cell = row[column].replaceAll("\\p{Cntrl}", "?");
        String value = cell.length() > 40 ? cell.substring(0, 40) + "…" : cell;
        return new TrainingException(
                what
                        + ": file="
                        + file
                        + at()
                        + " column="
                        + (column + 1)
                        + (header.isEmpty() ? "" : " (" + header.get(column) + ")")
                        + " value=\""
                        + value
                        + "\". "
                        + advice);
    }

    private String at() {
        return " line=" + csv.getLinesRead();
    }

    private LabelledRows labelled() {
        int columns = width - 1;
        double[] features = new double[rows * columns];
        boolean[] outlier = new boolean[rows];
        int outliers = 0;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(cells, row * width, features, row * columns, columns);
            outlier[row] = cells[row * width + columns] == 1;
            outliers += outlier[row] ? 1 : 0;
        }
        if (outliers == 0 || outliers == rows) {
            throw new TrainingException(
                    "Only one class: file="
                            + file
                            + " rows="
                            + rows
                            + " outliers="
                            + outliers
                            + ". A ranking can be evaluated only where both outliers and other rows occur.");
        }
        String name = DataSetFiles.nameOf(file);
        return new LabelledRows(
                name, new FeatureMatrix(name, columnNames(columns), features), outlier);
    }

    private static List<String> columnNames(int columns) {
        String pattern = "x%0" + String.valueOf(columns - 1).length() + "d";
        return IntStream.range(0, columns)
                .mapToObj(i -> String.format(Locale.ROOT, pattern, i))
                .toList();
    }
}

package io.microstream.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives orders as the comparison does, on a few rows. */
class OurSideTest {

    private static final int ROWS = 1_500;

    @TempDir private Path folder;

    @BeforeEach
    void writeRowsAndStart() throws IOException {
        Random random = new Random(1);
        double[] rows = new double[3 * ROWS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextGaussian() + (i / 300 % 3 - 1);
        }
        Doubles.write(folder.resolve("rows"), rows);
        double[] start = new double[3 + 9 + 9 + 27];
        Arrays.fill(start, 0, 12, 1.0 / 3);
        for (int state = 0; state < 3; state++) {
            for (int i = 0; i < 3; i++) {
                start[12 + 3 * state + i] = state - 1;
                start[21 + 9 * state + 4 * i] = 1;
            }
        }
        Doubles.write(folder.resolve("start"), start);
    }

    private List<String> answers(String... orders) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        OurSide.work(
                new String[] {
                    folder.resolve("rows").toString(), "3", folder.resolve("start").toString(), "2"
                },
                new BufferedReader(new StringReader(String.join("\n", orders))),
                new PrintStream(answers, true, StandardCharsets.UTF_8));
        return answers.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static double[] figures(String answer) {
        return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void everyOrderIsAnsweredWithTimesAndFigures() throws IOException {
        Path scores = folder.resolve("scores");
        Path filtered = folder.resolve("filtered");
        List<String> answers =
                answers(
                        "fit",
                        "score " + scores,
                        "one 50",
                        "em 3",
                        "filter 50",
                        "filtered " + filtered);
        assertThat(answers).hasSize(7).startsWith("ready");
        double threshold = figures(answers.get(1))[2];
        assertThat(Arrays.stream(Doubles.read(scores)).filter(s -> s > threshold).count())
                .isEqualTo(15);
        assertThat(figures(answers.get(3))[2]).isPositive().isFinite();
        double[] steps = figures(answers.get(4));
        assertThat(steps).hasSize(2 + 1 + 3);
        assertThat(steps[3]).isLessThan(steps[4]);
        assertThat(steps[4]).isLessThan(steps[5]);
        double[] p = Doubles.read(filtered);
        assertThat(p).hasSize(3_000);
        assertThat(p[2997] + p[2998] + p[2999]).isCloseTo(1, within(1e-12));
    }

    @Test
    void treesOfThePeerAreRead() throws IOException {
        double[] stump = {3, 0, -1, -1, 2, 0, 0, 0.25, 0, 0, 256, 55, 201};
        double[] trees = new double[100 + 4 * 300];
        for (int tree = 0; tree < 100; tree++) {
            trees[tree] = stump[0];
            for (int node = 0; node < 3; node++) {
                for (int column = 0; column < 4; column++) {
                    double value = stump[1 + 3 * column + node];
                    boolean isRight = column == 1 && node == 0;
                    trees[100 + 300 * column + 3 * tree + node] =
                            isRight ? 3 * tree + value : value;
                }
            }
        }
        Doubles.write(folder.resolve("trees"), trees);
        answers("foreign " + folder.resolve("trees") + " " + folder.resolve("scores"));
        double[] scores = Doubles.read(folder.resolve("scores"));
        double[] rows = Doubles.read(folder.resolve("rows"));
        assertThat(Files.size(folder.resolve("scores"))).isEqualTo(8L * ROWS);
        for (int row = 0; row < ROWS; row++) {
            boolean isLeft = (float) rows[3 * row] <= 0.25;
            assertThat(scores[row]).isEqualTo(isLeft ? scores[left(rows)] : scores[right(rows)]);
        }
        assertThat(scores[left(rows)]).isGreaterThan(scores[right(rows)]);
    }

    private static int left(double[] rows) {
        int row = 0;
        while (rows[3 * row] > 0.25) {
            row++;
        }
        return row;
    }

    private static int right(double[] rows) {
        int row = 0;
        while (rows[3 * row] <= 0.25) {
            row++;
        }
        return row;
    }

    @Test
    void unknownOrderIsRefused() {
        assertThatThrownBy(() -> answers("sing")).hasMessage("Unknown order: order=sing");
    }
}

package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateAnomaliesCommandTest {

    @TempDir private Path folder;

    private Path cloud(String name, int rows, double distance) throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("a,b,outlier\n");
        for (int row = 0; row < rows; row++) {
            boolean outlier = row % 20 == 0;
            double shift = outlier ? distance : 0;
            csv.append(random.nextGaussian() + shift)
                    .append(',')
                    .append(random.nextGaussian() - shift)
                    .append(outlier ? ",1\n" : ",0\n");
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    @Test
    void printsALineForEachSetAndWritesJson() throws IOException {
        Path far = cloud("far.csv", 400, 9);
        cloud("near.csv", 400, 0);
        Path json = folder.resolve("figures.json");
        Cli answer = Cli.run("evaluate-anomalies", folder, far, "--seeds", 3, "--json", json);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out().lines().filter(line -> line.startsWith("far "))).hasSize(2);
        assertThat(answer.out())
                .contains("100 trees of 256 rows, seeds 1 … 3")
                .containsPattern("far +400 +2 +5\\.00 % +0\\.99\\d\\d ± 0\\.000")
                .containsPattern("near +400 +2 +5\\.00 % +0\\.[456]");
        JsonNode sets = new ObjectMapper().readTree(json.toFile()).get("dataSets");
        assertThat(sets).hasSize(3);
        assertThat(sets.get(0).get("areaUnderRoc").get("mean").doubleValue()).isBetween(.99, 1.0);
    }

    @Test
    void threadsDoNotChangeThePrintedFigures() throws IOException {
        Path near = cloud("near.csv", 400, 2);
        Cli one = Cli.run("evaluate-anomalies", near, "--trees", 20, "--threads", 1);
        Cli two = Cli.run("evaluate-anomalies", near, "--trees", 20, "--threads", 2);
        assertThat(one.exitCode()).isZero();
        assertThat(two.out()).isEqualTo(one.out());
    }

    @Test
    void setThatMissesItsPublishedFigureFails() throws IOException {
        Path impostor = cloud("pima.csv", 768, 9);
        Cli answer = Cli.run("evaluate-anomalies", impostor);
        assertOneLine(answer, 1, "pima=0.99");
        assertThat(answer.out()).contains("OUTSIDE ±0.02");
        assertThat(Cli.run("evaluate-anomalies", impostor, "--seeds", 2).exitCode()).isZero();
    }

    @Test
    void badInputFailsInOneLineBeforeAnyOutput() throws IOException {
        Path fine = cloud("fine.csv", 40, 9);
        Path bad = Files.writeString(folder.resolve("bad.csv"), "1,2,0\n3,?,1\n");
        Cli answer = Cli.run("evaluate-anomalies", fine, bad);
        assertOneLine(answer, 1, "file=" + bad + " line=2 column=2 value=\"?\"");
        assertThat(answer.out()).isEmpty();
        assertOneLine(Cli.run("evaluate-anomalies", folder.resolve("no.csv")), 1, "no.csv");
    }

    @Test
    void badUsageHasExitCodeTwo() throws IOException {
        Path fine = cloud("fine.csv", 40, 9);
        assertOneLine(Cli.run("evaluate-anomalies"), 2, "PATH");
        assertOneLine(Cli.run("evaluate-anomalies", fine, "--seeds", 0), 2, "seeds=0");
        assertOneLine(Cli.run("evaluate-anomalies", fine, "--trees", "ten"), 2, "trees=ten");
        assertOneLine(
                Cli.run("evaluate-anomalies", fine, "--json", folder.resolve("no/x.json")),
                2,
                "json=");
        assertOneLine(Cli.run("evaluate-anomalies", fine, "--json", folder), 2, "json=");
    }

    private static void assertOneLine(Cli answer, int exitCode, String said) {
        assertThat(answer.err()).contains(said);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.exitCode()).isEqualTo(exitCode);
    }
}

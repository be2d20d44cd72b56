package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bytes of a model are a function of its data and settings, not of the machine or its load. */
class ReproducibleTrainingTest {

    private static final int PATIENCE_SECONDS = 300;

    /** Trains a model of each role and prints its checksum. */
    static final class Training {

        private Training() {}

        public static void main(String[] args) {
            checksums().forEach(System.out::println);
        }
    }

    private static List<String> checksums() {
        return List.of(
                TrainedModels.calibratedRegime(1, 4).sha256(), TrainedModels.anomaly().sha256());
    }

    @Test
    void anotherJvmOfAnotherCompilerLanguageAndTimeZoneGivesTheSameBytes() throws Exception {
        assertThat(
                        inAnotherJvm(
                                "-XX:TieredStopAtLevel=1",
                                "-Duser.language=ar",
                                "-Duser.country=EG",
                                "-Duser.timezone=Pacific/Chatham",
                                "-Dfile.encoding=ISO-8859-1"))
                .isEqualTo(checksums());
    }

    private static List<String> inAnotherJvm(String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add("-Xmx128m");
        command.add("-Dstdout.encoding=US-ASCII");
        command.add(Training.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("Training does not end: seconds=" + PATIENCE_SECONDS);
        }
        assertThat(process.exitValue()).isZero();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("[^0-9a-f]", ""))
                .filter(line -> line.length() == 64)
                .toList();
    }
}

package io.microstream.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void pageEqualsTheDeclaredSettings() throws IOException {
        if (Boolean.getBoolean("microstream.write-reference")) {
            Files.writeString(PAGE, JobConfig.reference());
        }
        assertThat(PAGE)
                .as(
                        "differs from the declarations. Write it anew: mvn -o -pl flink-job -am"
                                + " -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dmicrostream.write-reference=true test")
                .hasContent(JobConfig.reference());
    }
}

package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.standalone.report.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExchangeOptionsTest {

    @TempDir private Path folder;

    @Test
    void exchangeIsOffByDefault() {
        ExchangeOptions options = parse();
        assertThat(options.isEnabled()).isFalse();
        assertThat(options.script()).isEmpty();
        assertThat(options.seed()).isEqualTo(1);
    }

    @Test
    void defaultNamesTheUsualFaults() {
        ExchangeOptions options =
                parse("--through-exchange", "--faults", "default", "--seed", "-3");
        assertThat(options.isEnabled()).isTrue();
        assertThat(options.script().orElseThrow().faults()).isEqualTo(50);
        assertThat(options.seed()).isEqualTo(-3);
    }

    @Test
    void scriptIsReadFromItsFile() throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("few"),
                        "- {fault: skip, count: 3}\n- {fault: disconnect, count: 4, lost: 2}\n");
        ExchangeOptions options = parse("--through-exchange", "--faults", script.toString());
        assertThat(options.script().orElseThrow().faults()).isEqualTo(7);
    }

    @Test
    void faultsWithoutAnExchangeAreBadUsage() {
        ExchangeOptions options = parse("--faults", "default");
        assertThatThrownBy(options::isEnabled)
                .isInstanceOf(BadUsage.class)
                .hasMessageContaining("--faults needs --through-exchange");
    }

    @Test
    void missingScriptIsNamed() {
        ExchangeOptions options = parse("--through-exchange", "--faults", "no-such.faults");
        assertThatThrownBy(options::script)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("faults=no-such.faults");
    }

    private static ExchangeOptions parse(String... words) {
        return CommandLine.populateCommand(new ExchangeOptions(), words);
    }
}

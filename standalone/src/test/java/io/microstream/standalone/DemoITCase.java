package io.microstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as a user watches it. */
class DemoITCase {

    @TempDir private Path folder;

    @Test
    void aDisconnectIsRepairedBeforeTheUsersEyesAndAllTablesFill() throws Exception {
        try (TestDatabase databases = TestDatabase.start(folder.resolve("database"))) {
            String url = databases.fresh();
            Cli demo = Cli.run("demo", "--for", "30s", "--jdbc", url);
            assertThat(demo.err()).isEmpty();
            assertThat(demo.exitCode()).as(demo.out()).isZero();
            assertThat(demo.out())
                    .contains("exchange: ws://127.0.0.1:")
                    .contains("connection ended: ")
                    .contains("repaired: ")
                    .contains("are not to be had")
                    .contains("came hours late and is in no bar")
                    .doesNotContain("LOST");
            for (String table :
                    List.of(
                            "bars",
                            "features",
                            "regimes",
                            "anomalies",
                            "data_quality",
                            "late_trades",
                            "models")) {
                assertThat(TestDatabase.number(url, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isPositive();
            }
            assertThat(
                            TestDatabase.number(
                                    url,
                                    "SELECT count(*) FROM data_quality WHERE kind = 'GAP'"
                                            + " AND missing = 25"))
                    .as("holes that nobody can fill, one a symbol")
                    .isEqualTo(2);
        }
    }
}

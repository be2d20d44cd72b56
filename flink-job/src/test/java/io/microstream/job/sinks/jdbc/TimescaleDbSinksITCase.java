package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** On a TimescaleDB, where the environment names one. */
class TimescaleDbSinksITCase extends TimescaleSinksSpec {

    private static final String VARIABLE = "MICROSTREAM_TIMESCALEDB_JDBC";

    @Override
    String adminUrl() {
        String url = System.getenv(VARIABLE);
        Assumptions.assumeTrue(
                url != null,
                "No TimescaleDB given: set "
                        + VARIABLE
                        + "=jdbc:postgresql://host:port/postgres?user=NAME");
        return url;
    }

    @Test
    void tablesOfBarsAreHypertables() throws Exception {
        Schema.migrate(database.database());
        assertThat(
                        database.rows(
                                "SELECT hypertable_name FROM timescaledb_information.hypertables"
                                        + " ORDER BY hypertable_name"))
                .containsExactly("anomalies", "bars", "features", "regimes");
    }
}

package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.testing.TimescaleDb;
import org.junit.jupiter.api.Test;

/** On a TimescaleDB, where the environment names one. */
class TimescaleDbSinksITCase extends SinksOnDatabase {

    @Override
    String adminUrl() {
        return TimescaleDb.adminUrl();
    }

    @Test
    void tablesOfBarsAreHypertables() throws Exception {
        Schema.migrate(target());
        assertThat(
                        database()
                                .rows(
                                        "SELECT hypertable_name FROM timescaledb_information.hypertables"
                                                + " ORDER BY hypertable_name"))
                .containsExactly("anomalies", "bars", "features", "regimes");
    }
}

package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.job.LocalCluster;
import io.microstream.job.config.PipelineConfig;
import io.microstream.market.Bar;
import io.microstream.tables.Tables;
import io.microstream.testing.Bars;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** A database that cuts clients off loses nothing; one that refuses rows fails the job alone. */
interface OutageGuarantees extends SinksFixture {

    @Test
    default void clientsThatAreCutOffAgainAndAgainLoseNothingAndRestartNothing() throws Exception {
        Schema.migrate(target());
        Map<String, List<String>> expected = undisturbed();
        JobID job = submit(1800);
        int cut = 0;
        for (int storm = 0; storm < 6; storm++) {
            awaitBars(20 + 40 * storm, job);
            cut += database().cutOffClients();
        }
        assertEndsAs(expected, job);
        assertThat(cut).isGreaterThan(6);
    }

    /** Such a failure is final, but it is one: neither a hang nor the end of the task manager. */
    @Test
    default void aTableThatRefusesRowsFailsTheJobWithTheReasonAndNotTheTaskManager()
            throws Exception {
        Schema.migrate(target());
        database().run("ALTER TABLE bars ADD CHECK (volume < 0)");
        StreamExecutionEnvironment env = LocalCluster.environment();
        PipelineConfig config = PipelineConfig.bounded(1);
        new PipelineConfig(
                        1,
                        config.checkpointInterval(),
                        config.checkpointTimeout(),
                        1,
                        config.bars())
                .applyTo(env);
        new TimescaleSinks(target())
                .write(
                        env.fromData(
                                        List.of(Bars.bar("BTCUSDT").build()),
                                        TypeInformation.of(Bar.class))
                                .uid("given-bars")
                                .setParallelism(1),
                        Tables.BARS);
        assertThatThrownBy(() -> cluster().run(env))
                .hasStackTraceContaining("violates check constraint");
        assertThat(cluster().taskManagers()).isEqualTo(1);
    }
}

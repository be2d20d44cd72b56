package io.microstream.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class PipelineConfigTest {

    @Test
    void aLiveRunRestartsWithoutLimitAndEmitsProvisionalBars() {
        PipelineConfig live = PipelineConfig.live(3);
        PipelineConfig bounded = PipelineConfig.bounded(3);
        assertThat(live.restartAttempts()).isEqualTo(PipelineConfig.UNLIMITED);
        assertThat(bounded.restartAttempts()).isEqualTo(10);
        assertThat(live)
                .isEqualTo(
                        new PipelineConfig(
                                3,
                                bounded.checkpointInterval(),
                                bounded.checkpointTimeout(),
                                PipelineConfig.UNLIMITED,
                                bounded.bars().withProvisionalEvery(Duration.ofSeconds(1))));
        assertThat(bounded.bars().provisionalEvery()).isZero();
    }

    @Test
    void buffersAreFlushedSoonerWithProvisionalBars() {
        for (PipelineConfig config : List.of(PipelineConfig.live(1), PipelineConfig.bounded(1))) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            config.applyTo(env);
            assertThat(env.getConfiguration().get(ExecutionOptions.BUFFER_TIMEOUT))
                    .hasMillis(config.bars().provisionalEvery().isZero() ? 100 : 10);
        }
    }

    @Test
    void applyToConfiguresTheEnvironment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        PipelineConfig.live(2).applyTo(env);
        ReadableConfig settings = env.getConfiguration();
        assertThat(env.getParallelism()).isEqualTo(2);
        assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> PipelineConfig.live(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parallelism=0");
    }
}

package io.microstream.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSchemaTest {

    private static final List<String> NAMES =
            List.of(
                    "momentum",
                    "volatility_proxy",
                    "activity_ratio",
                    "log_volatility",
                    "log_volume",
                    "scaled_return",
                    "range_surge",
                    "volume_surge",
                    "taker_imbalance",
                    "baseline_bars");

    @Test
    void versionNamesAndOrderAreWhatModelsWereTrainedOn() {
        assertThat(RollingFeatures.SCHEMA.version()).isEqualTo(1);
        assertThat(RollingFeatures.SCHEMA.names()).isEqualTo(NAMES);
        assertThat(RollingFeatures.SCHEMA.hash())
                .isEqualTo("f3d75659e33bac5d383e9452464f3a31f913486f22a703fbe83637c669010d86");
    }

    @Test
    void theHashTellsVersionNamesAndOrderApart() {
        FeatureSchema schema = new FeatureSchema(1, List.of("a", "b"));
        assertThat(schema.hash()).isEqualTo(new FeatureSchema(1, List.of("a", "b")).hash());
        assertThat(schema.hash()).isNotEqualTo(new FeatureSchema(2, List.of("a", "b")).hash());
        assertThat(schema.hash()).isNotEqualTo(new FeatureSchema(1, List.of("b", "a")).hash());
        assertThat(schema.hash()).isNotEqualTo(new FeatureSchema(1, List.of("a")).hash());
        assertThat(schema).hasToString("v1[a,b]");
    }

    @Test
    void positionsFollowTheNames() {
        for (int i = 0; i < NAMES.size(); i++) {
            assertThat(RollingFeatures.SCHEMA.indexOf(NAMES.get(i))).isEqualTo(i);
        }
        assertThat(RollingFeatures.SCHEMA.size()).isEqualTo(10);
        assertThatThrownBy(() -> RollingFeatures.SCHEMA.indexOf("ofi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Unknown feature: name=ofi schema=v1[momentum,");
    }
}

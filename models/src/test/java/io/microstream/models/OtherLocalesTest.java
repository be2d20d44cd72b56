package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's bytes are the same under every default locale: the job runs where others chose it. */
class OtherLocalesTest {

    private static final Locale BEFORE = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"})
    void bytesOfModelsDoNotDependOnTheLocale(String tag) {
        Locale.setDefault(Locale.ROOT);
        byte[] regime = bytes(TrainedModels.regime(1, 3));
        byte[] anomaly = bytes(TrainedModels.anomaly());
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(bytes(TrainedModels.regime(1, 3))).isEqualTo(regime);
        assertThat(bytes(TrainedModels.anomaly())).isEqualTo(anomaly);
    }

    private static byte[] bytes(ModelArtifact artifact) {
        return artifact.toBytes();
    }
}

package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.models.Provenance.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceTest {

    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final Source BARS =
            new Source("BTCUSDT", 2_870, "2024-01-01 00:00", "2024-01-02 23:59", 2, 10, SHA);

    private static Provenance provenance() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("trees", 100);
        settings.put("contamination", 0.01);
        settings.put("states", "3 to 6");
        settings.put("seed", 7);
        return new Provenance(1, List.of(BARS), 2_000, settings);
    }

    private static final String JSON =
            "{\"recipe\":1,\"bars\":[{\"symbol\":\"BTCUSDT\",\"bars\":2870,"
                    + "\"first\":\"2024-01-01 00:00\",\"last\":\"2024-01-02 23:59\",\"gaps\":2,"
                    + "\"missingMinutes\":10,\"sha256\":\""
                    + SHA
                    + "\"}],\"rows\":2000,\"settings\":{\"trees\":100,\"contamination\":0.01,"
                    + "\"states\":\"3 to 6\",\"seed\":7}}";

    @Test
    void isWrittenInOneOrderAndReadBack() {
        assertThat(provenance().json()).isEqualTo(JSON);
        assertThat(Provenance.read(JSON)).map(Provenance::json).contains(JSON);
        assertThat(provenance().seed()).isEqualTo(7);
        assertThat(provenance().firstMs()).isEqualTo(1_704_067_200_000L);
        assertThat(provenance().lastMs()).isEqualTo(1_704_239_940_000L);
    }

    @Test
    void fieldsOfALaterReleaseArePassedOver() {
        String later = JSON.replace("{\"recipe\":1,", "{\"recipe\":1,\"weather\":{\"rain\":[1]},");
        assertThat(Provenance.read(later)).contains(Provenance.read(JSON).orElseThrow());
    }

    @Test
    void aModelThatTheProgrammeDidNotMakeHasNone() {
        assertThat(Provenance.read("{\"seed\":1}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"recipe\":1 | \"recipe\":0 | recipe=0",
                "\"recipe\":1 | \"recipe\":\"1\" | recipe=\"1\"",
                "\"rows\":2000 | \"rows\":2871 | rows=2871",
                "\"rows\":2000 | \"rows\":1.5 | rows=1.5",
                "\"bars\":2870 | \"bars\":2871 | minutes from first to last=2880",
                "\"gaps\":2 | \"gaps\":11 | missingMinutes=10",
                "2024-01-01 | 2024-13-01 | time=2024-13-01 00:00",
                "BTCUSDT | btcusdt | symbol=btcusdt",
                "\"sha256\":\"0 | \"sha256\":\"g | sha256=g",
                "\"seed\":7 | \"seed\":null | settings.seed=null",
                "\"trees\":100 | \"trees\":[100] | settings.trees=null",
                "\"trees\":100 | \"trees\":1e999 | settings.trees=Infinity"
            })
    void isRefusedWithTheFieldThatIsWrong(String right, String wrong, String message) {
        assertThat(JSON).contains(right);
        assertThatThrownBy(() -> Provenance.read(JSON.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyDefaultModelCarriesItsExactProvenance() {
        for (ModelArtifact model : DefaultModels.load()) {
            Provenance origin = model.origin().orElseThrow();
            assertThat(origin.json()).isEqualTo(model.provenance());
            assertThat(origin.recipe()).isPositive();
            assertThat(origin.bars())
                    .extracting(Source::symbol)
                    .contains("BTCUSDT")
                    .doesNotHaveDuplicates();
            assertThat(origin.settings()).containsKeys("trees", "contamination", "seed");
        }
    }
}

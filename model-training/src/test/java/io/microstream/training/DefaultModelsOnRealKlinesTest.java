package io.microstream.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.microstream.binance.archive.UnreadableRows;
import io.microstream.models.DefaultModels;
import io.microstream.models.ModelArtifact;
import io.microstream.testing.SharedData;
import io.microstream.training.candidates.AnomalyTraining;
import io.microstream.training.evaluation.HoldOutEvaluation;
import io.microstream.training.evaluation.HoldOutFigures;
import io.microstream.training.evaluation.Requirement;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingRequest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluates the default models on 2025-01 … 2025-06, which none of them was trained on. */
class DefaultModelsOnRealKlinesTest {

    private static final List<LocalDate> DAYS =
            List.of(LocalDate.of(2025, 3, 4), LocalDate.of(2025, 4, 7));

    @ParameterizedTest
    @CsvSource({"BTCUSDT,BTCUSDT,1.70,1.85", "BTCUSDT,*,1.69,1.83", "ETHUSDT,*,1.63,1.69"})
    void defaultModelsMeetEveryRequirement(
            String symbol, String models, double toVolatile, double toCrisis) {
        Path klines = SharedData.require("data/klines/" + symbol);
        TrainingHistory history =
                TrainingHistory.read(
                        TrainingRequest.of(
                                List.of(klines), symbol, "2024-12", "2024-12", Path.of("unused")),
                        new UnreadableRows(),
                        line -> {});
        List<ModelArtifact> own =
                DefaultModels.load().stream().filter(m -> m.symbol().equals(models)).toList();
        HoldOutFigures figures =
                HoldOutEvaluation.of(history.symbols().get(0), own.get(0), own.get(1), DAYS)
                        .orElseThrow();
        assertThat(figures.regime().rows()).isEqualTo(260_640);
        assertThat(figures.regime().stableToVolatile()).isCloseTo(toVolatile, within(.01));
        assertThat(figures.regime().volatileToCrisis()).isCloseTo(toCrisis, within(.01));
        assertThat(Requirement.of(figures, AnomalyTraining.CONTAMINATION))
                .hasSizeGreaterThanOrEqualTo(13)
                .allMatch(Requirement::passed);
    }
}

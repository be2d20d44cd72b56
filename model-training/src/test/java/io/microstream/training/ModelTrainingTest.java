package io.microstream.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.microstream.binance.archive.ArchiveException;
import io.microstream.binance.archive.UnreadableRows;
import io.microstream.market.Bar;
import io.microstream.market.FeatureSchema;
import io.microstream.models.AnomalyScorer;
import io.microstream.models.ModelArtifact;
import io.microstream.models.RegimeScorer;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.GaussianHmmTrainer;
import io.microstream.training.candidates.ChampionComparison;
import io.microstream.training.candidates.RegimeCandidate;
import io.microstream.training.candidates.TrainingRefusedException;
import io.microstream.training.evaluation.HoldOutFigures;
import io.microstream.training.evaluation.WideMinutes;
import io.microstream.training.history.TrainingException;
import io.microstream.training.history.TrainingRequest;
import io.microstream.training.history.TrainingRows;
import io.microstream.training.report.TrainingReport;
import io.microstream.training.report.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTrainingTest {

    @TempDir Path folder;

    private TrainingRequest request(String klines, String to, String out) {
        return TrainingRequest.of(
                List.of(folder.resolve(klines)), "BTCUSDT", "2024-01-01", to, folder.resolve(out));
    }

    private static TrainingResult run(TrainingRequest request) {
        return ModelTraining.run(request, new UnreadableRows(), line -> {});
    }

    private static List<byte[]> bytes(TrainingResult result) throws IOException {
        return List.of(
                Files.readAllBytes(result.models().get(0)),
                Files.readAllBytes(result.models().get(1)));
    }

    @Test
    void recoversTheSimulatedRegimesAndWritesModelsAndReports() throws IOException {
        Markets.write(folder.resolve("klines"), Markets.simulated("BTCUSDT", 21, 11));
        List<String> progress = new ArrayList<>();
        TrainingResult result =
                ModelTraining.run(
                        request("klines", "2024-01-16", "out")
                                .withDays(List.of(LocalDate.of(2024, 1, 20))),
                        new UnreadableRows(),
                        progress::add);

        assertThat(progress).contains("reading BTCUSDT files=1", "growing the isolation forest");
        assertThat(result.models())
                .containsExactly(
                        folder.resolve("out/regime-BTCUSDT.model"),
                        folder.resolve("out/anomaly-BTCUSDT.model"));
        ModelArtifact regime = ModelArtifact.read(result.models().get(0));
        ModelArtifact anomaly = ModelArtifact.read(result.models().get(1));
        assertThat(RegimeScorer.open(regime).model().inputs())
                .containsExactly(FeatureSchema.LOG_VOLATILITY);
        assertThat(AnomalyScorer.open(anomaly).model().inputs())
                .containsExactly(
                        FeatureSchema.RANGE_SURGE,
                        FeatureSchema.SCALED_RETURN,
                        FeatureSchema.VOLUME_SURGE);
        assertThat(regime.version()).isEqualTo(20240116);
        assertThat(regime.effectiveFromMs()).isZero();
        assertThat(regime.trainedFromMs()).isEqualTo(Markets.T0 + 1440 * Bar.MINUTE_MS);
        assertThat(regime.trainedToMs()).isEqualTo(Markets.T0 + (16 * 1440 - 1) * Bar.MINUTE_MS);
        JsonNode provenance = new ObjectMapper().readTree(anomaly.provenance());
        assertThat(provenance.at("/bars/0/bars").asInt()).isEqualTo(16 * 1440);
        assertThat(provenance.at("/bars/0/sha256").asText()).hasSize(64);
        assertThat(provenance.at("/settings/contamination").asDouble()).isEqualTo(0.01);

        HoldOutFigures figures = result.report().evaluation().get(0);
        assertThat(figures.regime().rows()).isEqualTo(5 * 1440);
        assertThat(figures.regime().smallestRise()).isGreaterThan(1.5);
        assertThat(figures.regime().crisisOccupancy()).isBetween(.04, .2);
        assertThat(figures.meanConfirmedRun()).allMatch(minutes -> minutes > 10);
        assertThat(figures.asked()).singleElement().extracting(WideMinutes::flagged).isEqualTo(5);

        JsonNode json = new ObjectMapper().readTree(result.reportJson().toFile());
        assertThat(json.at("/candidates")).hasSize(4 * 11);
        assertThat(json.at("/evaluation/0/symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(json.at("/models/0/sha256").asText()).isEqualTo(regime.sha256());
        String text = Files.readString(result.reportText());
        assertThat(text)
                .contains("| BTCUSDT | crisis occupancy | 0.02 to 0.20 |")
                .contains("| widest minutes of 2024-01-20 flagged | all 5 | 5 | pass |")
                .contains("# Training of BTCUSDT, 2024-01-01 00:00 to 2024-01-16 23:59")
                .doesNotContain(folder.toString());
    }

    @Test
    void nothingButTrainingBarsAndSettingsChangesTheArtefacts() throws IOException {
        List<Bar> bars = Markets.simulated("BTCUSDT", 12, 2);
        Markets.write(folder.resolve("one"), bars);
        List<Bar> others = new ArrayList<>(bars.subList(0, 10 * 1440));
        Markets.simulated("BTCUSDT", 12, 77).stream().skip(10 * 1440).forEach(others::add);
        Markets.writeDays(folder.resolve("two"), others);
        TrainingResult first = run(request("one", "2024-01-10", "a").withThreads(2));
        TrainingResult second = run(request("two", "2024-01-10", "b").withThreads(1));
        assertThat(second.report().evaluation()).isNotEqualTo(first.report().evaluation());
        assertThat(bytes(second).get(0)).isEqualTo(bytes(first).get(0));
        assertThat(bytes(second).get(1)).isEqualTo(bytes(first).get(1));

        TrainingResult again = run(request("one", "2024-01-10", "c"));
        assertThat(again.report().json()).isEqualTo(first.report().json());
        assertThat(again.report().markdown()).isEqualTo(first.report().markdown());
        assertThat(Files.mismatch(again.reportPage(), first.reportPage())).isEqualTo(-1);

        TrainingResult shorter = run(request("one", "2024-01-09", "d"));
        assertThat(bytes(shorter).get(0)).isNotEqualTo(bytes(first).get(0));
        TrainingResult seeded = run(request("one", "2024-01-10", "e").withSeed(5));
        assertThat(ModelArtifact.read(seeded.models().get(1)).model())
                .isNotEqualTo(ModelArtifact.read(first.models().get(1)).model());
        assertThat(ModelArtifact.read(seeded.models().get(0)).provenance()).contains("\"seed\":5");
    }

    @Test
    void lastFifthIsHeldOutWhenNothingLiesAfterThePeriod() throws IOException {
        Markets.write(folder.resolve("klines"), Markets.simulated("BTCUSDT", 15, 1));
        TrainingReport report = run(request("klines", "2024", "out")).report();
        assertThat(report.training().get(0).bars()).isEqualTo(12 * 1440);
        assertThat(report.heldOut().get(0).bars()).isEqualTo(3 * 1440);
        assertThat(report.heldOut().get(0).first()).isEqualTo("2024-01-13 00:00");
        assertThat(report.evaluation().get(0).regime().rows()).isEqualTo(3 * 1440);
        assertThat(report.models().get(0).version()).isEqualTo(20240112);
        assertThat(report.holdOut()).isEqualTo("the last fifth of the data, from 2024-01-13 00:00");
    }

    @Test
    void oneModelOverAllSymbolsIsEvaluatedOnEach() throws IOException {
        Markets.write(folder.resolve("klines"), Markets.simulated("BTCUSDT", 8, 2));
        Markets.write(folder.resolve("klines"), Markets.simulated("ETHUSDT", 8, 2));
        TrainingResult result =
                run(
                        TrainingRequest.of(
                                        List.of(folder.resolve("klines")),
                                        "*",
                                        "2024-01",
                                        "2024-01-06",
                                        folder.resolve("out"))
                                .withVersion(3)
                                .withEffectiveFromMs(Markets.T0));
        assertThat(result.models())
                .containsExactly(
                        folder.resolve("out/regime-ANY.model"),
                        folder.resolve("out/anomaly-ANY.model"));
        ModelArtifact regime = ModelArtifact.read(result.models().get(0));
        assertThat(regime.symbol()).isEqualTo("*");
        assertThat(regime.version()).isEqualTo(3);
        assertThat(regime.effectiveFromMs()).isEqualTo(Markets.T0);
        assertThat(result.report().models().get(0).rows()).isEqualTo(2 * 5 * 1440);
        assertThat(result.report().evaluation())
                .extracting(HoldOutFigures::symbol)
                .containsExactly("BTCUSDT", "ETHUSDT");
    }

    @Test
    void refusesWithATableWhenNoStateIsACrisis() throws IOException {
        Markets.write(folder.resolve("klines"), Markets.constant("BTCUSDT", 12));
        TrainingRefusedException refusal =
                catchThrowableOfType(
                        TrainingRefusedException.class,
                        () -> run(request("klines", "2024-01-10", "out")));
        assertThat(refusal)
                .hasMessageMatching(
                        "Training refused: the price of BTCUSDT does not move: log_volatility has one value in"
                                + " [0-9,]+ of [0-9,]+ rows; there are no regimes to tell apart\\..*")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThat(refusal.candidates())
                .extracting(RegimeCandidate::states)
                .hasSize(4 * 11)
                .isSorted()
                .containsOnly(3, 4, 5, 6);
        assertThat(refusal.candidates()).allMatch(candidate -> !candidate.reasons().isEmpty());
        assertThat(Files.list(folder.resolve("out")).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("report.md", "report.json", "report.html");
        assertThat(Files.readString(folder.resolve("out/report.md")))
                .contains("**Refused**")
                .contains("| 6 | ")
                .contains("No state qualifies as LIQUIDITY_CRISIS");
    }

    @Test
    void aModelThatFollowsTheChampionIsWritten() throws IOException {
        Markets.write(folder.resolve("klines"), Markets.simulated("BTCUSDT", 12, 2));
        Path champion = run(request("klines", "2024-01-10", "a")).models().get(0);
        TrainingReport report =
                run(request("klines", "2024-01-10", "b").withChampion(champion)).report();
        ChampionComparison comparison = report.champion();
        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.championId()).isEqualTo("regime-BTCUSDT");
        assertThat(comparison.championVersion()).isEqualTo(20240110);
        assertThat(comparison.championSha256()).isEqualTo(ModelArtifact.read(champion).sha256());
        assertThat(comparison.what()).isEqualTo("states");
        assertThat(comparison.distances())
                .hasSize(comparison.states())
                .allMatch(distance -> distance < 1e-12);
        assertThat(comparison.words())
                .startsWith("Champion regime-BTCUSDT, version 20240110, K = ")
                .endsWith("the order of stress agrees.");
        assertThat(report.markdown()).contains(comparison.words());
        assertThat(report.html()).contains("the order of stress agrees.");
        assertThat(Files.readAllBytes(folder.resolve("b/regime-BTCUSDT.model")))
                .as("the champion leaves no trace in its successor")
                .isEqualTo(Files.readAllBytes(champion));
    }

    @Test
    void aModelThatDoesNotFollowTheChampionIsRefused() throws IOException {
        List<Bar> bars = Markets.simulated("BTCUSDT", 12, 2);
        Markets.write(folder.resolve("klines"), bars);
        Path champion = folder.resolve("champion.model");
        onVolatilityAndVolume(bars).write(champion);
        TrainingRefusedException refusal =
                catchThrowableOfType(
                        TrainingRefusedException.class,
                        () -> run(request("klines", "2024-01-10", "out").withChampion(champion)));
        assertThat(refusal)
                .hasMessage(
                        "Training refused: the new model does not preserve the champion's regimes. champion=old version=7"
                                + " reasons=[Champion cannot be compared: inputs differ: champion=[log_volatility, log_volume] new=[log_volatility].]"
                                + " See the report; train without --champion to start anew.");
        assertThat(refusal.candidates()).hasSize(44).anyMatch(RegimeCandidate::chosen);
        assertThat(folder.resolve("out/regime-BTCUSDT.model")).doesNotExist();
        assertThat(Files.readString(folder.resolve("out/report.md")))
                .contains("**Refused**: the new model does not preserve the champion's regimes")
                .contains("- Champion cannot be compared: inputs differ");
    }

    private static ModelArtifact onVolatilityAndVolume(List<Bar> bars) {
        TrainingRows rows =
                TrainingRows.select(
                        List.of(Markets.history(bars, Long.MAX_VALUE)),
                        List.of(FeatureSchema.LOG_VOLATILITY, FeatureSchema.LOG_VOLUME),
                        0,
                        Long.MAX_VALUE,
                        day -> true);
        GaussianHmmModel model =
                GaussianHmmTrainer.withStates(3)
                        .iterations(5, 1)
                        .build()
                        .train(rows.matrix(), rows.lengths());
        return ModelArtifact.of(model, "old", "BTCUSDT", 7, 0, rows.firstMs(), rows.lastMs(), "{}");
    }

    @Test
    void anotherKindOfModelIsNoChampion() throws IOException {
        Markets.write(folder.resolve("klines"), Markets.simulated("BTCUSDT", 12, 2));
        List<Path> models = run(request("klines", "2024-01-10", "a")).models();
        assertThatThrownBy(() -> run(request("klines", "2024", "b").withChampion(models.get(1))))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "Champion is not a regime model of this symbol: file=%s role=ANOMALY symbol=BTCUSDT expected=REGIME:BTCUSDT. Give the regime model in service, or omit it."
                                .formatted(models.get(1)));
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void badInputIsOneLine() throws IOException {
        assertThatThrownBy(() -> run(request("nowhere", "2024", "out")))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("nowhere")
                .hasMessageNotContaining("\n");
        Markets.write(folder.resolve("klines"), Markets.simulated("BTCUSDT", 4, 2));
        assertThatThrownBy(() -> run(request("klines", "2024", "out")))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "Too little history: usableRows=3168 needed=5000 to=2024-01-04 04:48. The first 1440 bars only warm up; give a longer period.");
        TrainingRequest later =
                TrainingRequest.of(
                        List.of(folder.resolve("klines")),
                        "BTCUSDT",
                        "2025",
                        "2025",
                        folder.resolve("out"));
        assertThatThrownBy(() -> run(later))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith(
                        "No klines in the period: symbol=BTCUSDT period=2025-01-01 00:00 to 2025-12-31 23:59");
        Files.writeString(folder.resolve("file"), "");
        Markets.write(folder.resolve("long"), Markets.simulated("BTCUSDT", 8, 2));
        assertThatThrownBy(() -> run(request("long", "2024", "file")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Training result cannot be written: out=");
    }

    @Test
    void requestThatIsNotPossibleIsRefused() {
        Path out = folder.resolve("out");
        List<Path> klines = List.of(folder);
        assertThat(TrainingRequest.of(klines, "btcusdt", "2024", "2024", out).symbol())
                .isEqualTo("BTCUSDT");
        assertThatThrownBy(() -> TrainingRequest.of(klines, "BTC/USDT", "2024", "2024", out))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "Training request: symbol=BTC/USDT is not possible. Give one like BTCUSDT, or * for all.");
        assertThatThrownBy(() -> TrainingRequest.of(List.of(), "BTCUSDT", "2024", "2024", out))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("klines=[]");
        TrainingRequest request = TrainingRequest.of(klines, "*", "2024", "2024", out);
        assertThatThrownBy(() -> request.withModelIds("same", "same"))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("modelIds=same");
        assertThatThrownBy(() -> request.withModelIds("../regime", "anomaly"))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("modelId=../regime");
        assertThatThrownBy(() -> request.withThreads(0)).isInstanceOf(TrainingException.class);
        assertThatThrownBy(() -> request.withVersion(0)).isInstanceOf(TrainingException.class);
    }
}

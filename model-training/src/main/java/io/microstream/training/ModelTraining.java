package io.microstream.training;

import io.microstream.binance.archive.UnreadableRows;
import io.microstream.models.ModelArtifact;
import io.microstream.models.Provenance;
import io.microstream.training.candidates.AnomalyTraining;
import io.microstream.training.candidates.CandidateSearch;
import io.microstream.training.candidates.Champion;
import io.microstream.training.candidates.ChampionComparison;
import io.microstream.training.candidates.RegimeCandidate;
import io.microstream.training.candidates.RegimeTraining;
import io.microstream.training.candidates.TrainingRefusedException;
import io.microstream.training.evaluation.EvaluationRun;
import io.microstream.training.evaluation.Requirement;
import io.microstream.training.history.HistorySummary;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingException;
import io.microstream.training.history.TrainingHistory;
import io.microstream.training.history.TrainingPeriod;
import io.microstream.training.history.TrainingRequest;
import io.microstream.training.history.TrainingRows;
import io.microstream.training.report.TrainedModel;
import io.microstream.training.report.TrainingFolder;
import io.microstream.training.report.TrainingReport;
import io.microstream.training.report.TrainingResult;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a regime model and an anomaly model on klines and writes both artefacts with {@code
 * report.html}, {@code report.json} and {@code report.md}.
 *
 * <p>Artefacts are a function of the training bars, the request's version, effective time, ids and
 * seed: neither the hold-out nor the number of threads nor the way bars are packed into files
 * changes a byte. Nothing is written before both models are trained and evaluated on the hold-out;
 * what only the reports show is measured after the artefacts are written. When training is refused,
 * because no candidate is sound or because the regime model would not preserve the champion's
 * regimes, the reports state the reason and no artefact is written.
 */
public final class ModelTraining {

    /**
     * Version of the training recipe, recorded in each artefact; a change of settings or rules
     * increments it.
     */
    public static final int RECIPE = 2;

    private final TrainingRequest request;
    private final UnreadableRows unreadable;
    private final Consumer<String> progress;
    private final TrainingFolder folder;

    private ModelTraining(
            TrainingRequest request, UnreadableRows unreadable, Consumer<String> progress) {
        this.request = request;
        this.unreadable = unreadable;
        this.progress = progress;
        this.folder = new TrainingFolder(request.out());
    }

    /**
     * Trains both models, evaluates them and writes artefacts and reports.
     *
     * @param unreadable receives the rows that cannot be read, which are left out
     * @param progress receives a line at each step
     * @throws io.microstream.binance.archive.ArchiveException if klines are missing or damaged
     * @throws TrainingRefusedException if no candidate is sound, or the champion's regimes are
     *     others
     * @throws io.microstream.models.ModelRejectedException if the champion's file is no artefact
     * @throws TrainingException if the period holds too little, or the folder cannot be written
     */
    public static TrainingResult run(
            TrainingRequest request, UnreadableRows unreadable, Consumer<String> progress) {
        return new ModelTraining(request, unreadable, progress).run();
    }

    private TrainingResult run() {
        Optional<Champion> champion =
                request.champion().map(file -> Champion.read(file, request.symbol()));
        TrainingHistory history = TrainingHistory.read(request, unreadable, progress);
        RegimeTraining.Outcome regime = regime(history);
        ChampionComparison comparison = champion.map(c -> c.compare(regime.model())).orElse(null);
        if (comparison != null && !comparison.agrees()) {
            folder.writeReports(refusal(history, regime.candidates(), comparison), List.of());
            throw TrainingRefusedException.notTheChampions(comparison, regime.candidates());
        }
        progress.accept("growing the isolation forest");
        AnomalyTraining.Outcome anomaly =
                AnomalyTraining.train(history, request.seed(), request.threads());
        List<ModelArtifact> artifacts = artifacts(history, regime, anomaly);
        EvaluationRun evaluation =
                new EvaluationRun(history, artifacts.get(0), artifacts.get(1), request, progress);
        progress.accept("writing " + artifacts.stream().map(ModelArtifact::modelId).toList());
        List<Path> models = folder.writeModels(artifacts);
        TrainingReport report = report(history, regime, comparison, anomaly, artifacts, evaluation);
        progress.accept("reporting");
        return folder.writeReports(report, models);
    }

    private RegimeTraining.Outcome regime(TrainingHistory history) {
        try {
            return RegimeTraining.train(history, request.seed(), request.threads(), progress);
        } catch (TrainingRefusedException e) {
            folder.writeReports(refusal(history, e.candidates(), null), List.of());
            throw e;
        }
    }

    private List<ModelArtifact> artifacts(
            TrainingHistory history,
            RegimeTraining.Outcome regime,
            AnomalyTraining.Outcome anomaly) {
        long lastMs = Math.max(regime.rows().lastMs(), anomaly.rows().lastMs());
        long version = request.version().orElseGet(() -> version(lastMs));
        return List.of(
                ModelArtifact.of(
                        regime.model(),
                        request.regimeId(),
                        request.symbol(),
                        version,
                        request.effectiveFromMs(),
                        regime.rows().firstMs(),
                        regime.rows().lastMs(),
                        provenance(history, regime.rows())),
                ModelArtifact.of(
                        anomaly.model(),
                        request.anomalyId(),
                        request.symbol(),
                        version,
                        request.effectiveFromMs(),
                        anomaly.rows().firstMs(),
                        anomaly.rows().lastMs(),
                        provenance(history, anomaly.rows())));
    }

    private static long version(long lastMs) {
        return Long.parseLong(TrainingPeriod.day(lastMs).format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    /**
     * Returns the provenance of the training part only: the hold-out leaves no trace in an
     * artefact.
     */
    private String provenance(TrainingHistory history, TrainingRows rows) {
        List<Provenance.Source> bars =
                history.symbols().stream()
                        .map(SymbolHistory::training)
                        .filter(summary -> summary.bars() > 0)
                        .map(HistorySummary::source)
                        .toList();
        return new Provenance(RECIPE, bars, rows.rows(), settings()).json();
    }

    private Map<String, Object> settings() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("warmUpBars", SymbolHistory.WARM_UP_BARS);
        map.put("states", RegimeTraining.FEWEST + " to " + RegimeTraining.MOST);
        map.put("starts", CandidateSearch.SEEDED + 1);
        map.put("candidateRows", RegimeTraining.CANDIDATE_ROWS);
        map.put("candidateGainPerBar", CandidateSearch.LEAST_GAIN);
        map.put("leastGainPerBar", RegimeTraining.LEAST_GAIN);
        map.put("mostIterations", CandidateSearch.MOST_ITERATIONS);
        map.put("trees", AnomalyTraining.TREES);
        map.put("sample", AnomalyTraining.SAMPLE);
        map.put("contamination", AnomalyTraining.CONTAMINATION);
        map.put("surprising", RegimeTraining.SURPRISING);
        map.put("seed", request.seed());
        return map;
    }

    private TrainingReport report(
            TrainingHistory history,
            RegimeTraining.Outcome regime,
            ChampionComparison champion,
            AnomalyTraining.Outcome anomaly,
            List<ModelArtifact> artifacts,
            EvaluationRun evaluation) {
        return new TrainingReport(
                request.symbol(),
                trained(history),
                holdOut(history),
                history.malformedRows(),
                history.symbols().stream().map(SymbolHistory::training).toList(),
                history.symbols().stream().map(SymbolHistory::holdOut).toList(),
                settings(),
                regime.candidates(),
                regime.choice(),
                champion,
                regime.logLikelihoodPerBar(),
                List.of(
                        TrainedModel.of(artifacts.get(0), regime.rows().rows(), regime.sequences()),
                        TrainedModel.of(artifacts.get(1), anomaly.rows().rows(), 0)),
                evaluation.holdOut(),
                evaluation.holdOut().stream()
                        .flatMap(e -> Requirement.of(e, AnomalyTraining.CONTAMINATION).stream())
                        .toList(),
                evaluation.figures(progress));
    }

    private TrainingReport refusal(
            TrainingHistory history,
            List<RegimeCandidate> candidates,
            ChampionComparison champion) {
        return new TrainingReport(
                request.symbol(),
                trained(history),
                holdOut(history),
                history.malformedRows(),
                history.symbols().stream().map(SymbolHistory::training).toList(),
                history.symbols().stream().map(SymbolHistory::holdOut).toList(),
                settings(),
                candidates,
                null,
                champion,
                Double.NaN,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static String trained(TrainingHistory history) {
        return new TrainingPeriod(history.fromMs(), history.cutMs()).toString();
    }

    private static String holdOut(TrainingHistory history) {
        return history.isAfterPeriod()
                ? "everything after the training period"
                : "the last fifth of the data, from " + TrainingPeriod.minute(history.cutMs());
    }
}

package io.microstream.training.history;

import io.microstream.models.ModelArtifact;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Specifies what to train on, and the names and versions of the artefacts.
 *
 * @param klines kline dumps: files, or folders to be searched
 * @param symbol upper case, or {@value ModelArtifact#ANY_SYMBOL} for one model over all symbols
 *     found
 * @param period training bars; what lies after it is held out and only evaluated on
 * @param out folder for artefacts and reports; made if missing
 * @param version of the artefacts; empty for the date of the last training bar as yyyymmdd, which
 *     grows with each training on newer data
 * @param effectiveFromMs open time of the first bar the models may score; 0 scores any replay
 * @param regimeId model id and file name, without suffix, of the regime model
 * @param anomalyId the same of the anomaly model
 * @param days UTC days whose widest minutes must be flagged, in addition to the widest days of the
 *     hold-out
 * @param champion artefact of the regime model in service, whose regimes the new one must preserve;
 *     or none
 * @param seed of the isolation forest and of the starts of the regime model
 * @param threads without influence on the models
 */
public record TrainingRequest(
        List<Path> klines,
        String symbol,
        TrainingPeriod period,
        Path out,
        OptionalLong version,
        long effectiveFromMs,
        String regimeId,
        String anomalyId,
        List<LocalDate> days,
        Optional<Path> champion,
        long seed,
        int threads) {

    public TrainingRequest {
        klines = List.copyOf(klines);
        days = List.copyOf(days);
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(champion, "champion");
        require(
                symbol.matches("[A-Z0-9]{1,40}|\\*"),
                "symbol",
                symbol,
                "Give one like BTCUSDT, or * for all.");
        require(!klines.isEmpty(), "klines", klines, "Give at least one file or folder.");
        require(threads >= 1, "threads", threads, "Give at least 1.");
        require(version.orElse(1) >= 1, "version", version, "Give at least 1.");
        require(effectiveFromMs >= 0, "effectiveFromMs", effectiveFromMs, "Give at least 0.");
        require(!regimeId.equals(anomalyId), "modelIds", regimeId, "Give two different ids.");
        for (String id : List.of(regimeId, anomalyId)) {
            require(
                    id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                    "modelId",
                    id,
                    "Use letters, digits, '.', '_' and '-'.");
        }
    }

    private static void require(boolean condition, String name, Object value, String advice) {
        if (!condition) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "Training request: %s=%s is not possible. %s",
                            name,
                            value,
                            advice));
        }
    }

    /**
     * Returns a request with these defaults for everything else: version from the data, effective
     * from the epoch on, ids {@code regime-SYMBOL} and {@code anomaly-SYMBOL} ({@code ANY} for
     * {@code *}), seed 1, all processors.
     *
     * @param from first UTC year, month or day, see {@link TrainingPeriod#parse}
     * @param to last one, inclusive
     * @throws TrainingException if one of them is not possible
     */
    public static TrainingRequest of(
            List<Path> klines, String symbol, String from, String to, Path out) {
        String upper = symbol.toUpperCase(Locale.ROOT);
        String name = upper.equals(ModelArtifact.ANY_SYMBOL) ? "ANY" : upper;
        return new TrainingRequest(
                klines,
                upper,
                TrainingPeriod.parse(from, to),
                out,
                OptionalLong.empty(),
                0,
                "regime-" + name,
                "anomaly-" + name,
                List.of(),
                Optional.empty(),
                1,
                Runtime.getRuntime().availableProcessors());
    }

    /** Returns this request with a given version of the artefacts. */
    public TrainingRequest withVersion(long newVersion) {
        return new TrainingRequest(
                klines,
                symbol,
                period,
                out,
                OptionalLong.of(newVersion),
                effectiveFromMs,
                regimeId,
                anomalyId,
                days,
                champion,
                seed,
                threads);
    }

    /** Returns this request with artefacts effective from the bar that opens at {@code ms}. */
    public TrainingRequest withEffectiveFromMs(long ms) {
        return new TrainingRequest(
                klines, symbol, period, out, version, ms, regimeId, anomalyId, days, champion, seed,
                threads);
    }

    /** Returns this request with other model ids. */
    public TrainingRequest withModelIds(String newRegimeId, String newAnomalyId) {
        return new TrainingRequest(
                klines,
                symbol,
                period,
                out,
                version,
                effectiveFromMs,
                newRegimeId,
                newAnomalyId,
                days,
                champion,
                seed,
                threads);
    }

    /** Returns this request with days whose widest minutes must be flagged. */
    public TrainingRequest withDays(List<LocalDate> newDays) {
        return new TrainingRequest(
                klines,
                symbol,
                period,
                out,
                version,
                effectiveFromMs,
                regimeId,
                anomalyId,
                newDays,
                champion,
                seed,
                threads);
    }

    /** Returns this request with another seed. */
    public TrainingRequest withSeed(long newSeed) {
        return new TrainingRequest(
                klines,
                symbol,
                period,
                out,
                version,
                effectiveFromMs,
                regimeId,
                anomalyId,
                days,
                champion,
                newSeed,
                threads);
    }

    /** Returns this request with another number of threads. */
    public TrainingRequest withThreads(int newThreads) {
        return new TrainingRequest(
                klines,
                symbol,
                period,
                out,
                version,
                effectiveFromMs,
                regimeId,
                anomalyId,
                days,
                champion,
                seed,
                newThreads);
    }

    /** Returns this request with a champion, whose regimes the new model must preserve. */
    public TrainingRequest withChampion(Path file) {
        return new TrainingRequest(
                klines,
                symbol,
                period,
                out,
                version,
                effectiveFromMs,
                regimeId,
                anomalyId,
                days,
                Optional.of(file),
                seed,
                threads);
    }
}

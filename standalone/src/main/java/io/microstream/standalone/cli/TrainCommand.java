package io.microstream.standalone.cli;

import io.microstream.binance.archive.UnreadableRows;
import io.microstream.standalone.report.PhaseTimes;
import io.microstream.training.ModelTraining;
import io.microstream.training.history.TrainingException;
import io.microstream.training.history.TrainingRequest;
import io.microstream.training.report.TrainingResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains models, evaluates them on held-out time and writes artefacts and a report. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a regime model and an anomaly model on one-minute klines, evaluates them on later data,"
                    + " and writes both with a report.",
            "Data after --to is held out; without --to, the last fifth is.",
            "Exit code 1 means that rows could not be read, or that no model was written."
        })
final class TrainCommand implements Callable<Integer> {

    private static final String FIRST_YEAR = "1970";
    private static final String LAST_YEAR = "9999";

    @Option(
            names = "--klines",
            required = true,
            paramLabel = "PATH",
            arity = "1..*",
            description = "Klines: files or folders")
    private List<Path> klines;

    @Option(
            names = "--symbol",
            required = true,
            paramLabel = "S",
            description = "The symbol, or '*' for one model over every symbol found")
    private String symbol;

    @Option(
            names = "--from",
            paramLabel = "D",
            description = "First day, month or year of training: 2022, 2022-01 or 2022-01-01")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "D",
            description = "Last day, month or year of training, inclusive")
    private String to;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the artefacts and the report")
    private Path out;

    @Option(
            names = "--check-days",
            split = ",",
            paramLabel = "DAY,DAY",
            description = "Held-out days whose five minutes with the widest range must be flagged")
    private List<LocalDate> checkDays = List.of();

    @Option(
            names = "--champion",
            paramLabel = "FILE",
            description =
                    "Regime model in service. A new model is refused if its states, ordered by stress,"
                            + " do not match the champion's")
    private Path champion;

    @Option(
            names = "--effective-from",
            paramLabel = "TIME",
            description =
                    "Open time of the first bar that the models score, e.g. 2025-01-01T00:00:00Z (default: every bar)")
    private Instant effectiveFrom = Instant.EPOCH;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "Seed of the forest and of the regime model's starting points (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        TrainingRequest request = checked();
        PhaseTimes times = new PhaseTimes(System.out::println, System::nanoTime);
        UnreadableRows unreadable = new UnreadableRows();
        TrainingResult result;
        try {
            result = ModelTraining.run(request, unreadable, times);
        } finally {
            unreadable.line().ifPresent(line -> System.out.println("LOST: " + line));
        }
        result.report().summary().forEach(System.out::println);
        System.out.println(result.report().choice());
        if (result.report().champion() != null) {
            System.out.println(result.report().champion().words());
        }
        result.models().forEach(model -> System.out.println("model:  " + model));
        System.out.println("report: " + result.reportPage());
        System.out.println(times.line());
        return unreadable.count() == 0 ? 0 : 1;
    }

    private TrainingRequest checked() {
        if (!symbol.equals("*")) {
            OptionFaults.requireSymbols("symbol", List.of(symbol));
        }
        if (effectiveFrom.isBefore(Instant.EPOCH)) {
            throw new BadUsage(
                    "Not possible: effective-from=" + effectiveFrom + ". Give a time since 1970");
        }
        try {
            TrainingRequest request = request();
            Outputs.requireFolder("out", out);
            return request;
        } catch (TrainingException e) {
            throw new BadUsage(e.getMessage());
        }
    }

    private TrainingRequest request() {
        TrainingRequest request =
                TrainingRequest.of(
                                klines,
                                symbol,
                                from == null ? FIRST_YEAR : from,
                                to == null ? LAST_YEAR : to,
                                out)
                        .withDays(checkDays)
                        .withSeed(seed)
                        .withEffectiveFromMs(effectiveFrom.toEpochMilli());
        return champion == null ? request : request.withChampion(champion);
    }
}

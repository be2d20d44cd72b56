package io.microstream.models;

import com.sun.management.ThreadMXBean;
import io.microstream.market.FeatureVector;
import io.microstream.market.RollingFeatures;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Opens seeded mutations of artefacts and asks each for scores: a mutant must be refused in one
 * line or score as the original does, bit by bit. Time and bytes allocated are measured for each.
 *
 * <p>Mutation {@code seed} is a function of the seed alone. Two of four damage raw bytes, one
 * forges contents that must be refused, one in forty forges contents that scores do not depend on.
 */
final class MutationRun {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROWS = 64;

    /** An artefact to mutate, with the scores it gives. */
    record Subject(String name, byte[] bytes, List<Double> scores) {

        static Subject of(String name, ModelArtifact artifact) {
            byte[] bytes = artifact.toBytes();
            return new Subject(name, bytes, MutationRun.scores(bytes));
        }
    }

    /** A mutated artefact, with what must become of it. */
    record Mutant(long seed, Subject subject, String kind, boolean mustBeRefused, byte[] bytes) {

        @Override
        public String toString() {
            return "seed=" + seed + " subject=" + subject.name() + " kind=" + kind;
        }
    }

    /** Counts the outcomes of the mutants of one sort. */
    static final class Figures {
        int refused;
        int equal;
        double longestMs;
        double totalMs;
        long mostBytes;
        String slowest;
        String largest;

        int all() {
            return refused + equal;
        }
    }

    private final List<Subject> subjects;
    private final Map<String, Figures> figures = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    MutationRun(List<Subject> subjects) {
        this.subjects = subjects;
    }

    /** Mutates and opens artefacts for {@code count} seeds from {@code first} on. */
    MutationRun run(long first, int count) {
        for (int warmUp = 0; warmUp < 5; warmUp++) {
            subjects.forEach(subject -> scores(subject.bytes()));
        }
        for (long seed = first; seed < first + count; seed++) {
            examine(mutant(seed));
        }
        return this;
    }

    Mutant mutant(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        Subject subject = subjects.get((int) Math.floorMod(seed, (long) subjects.size()));
        int draw = random.nextInt(40);
        if (draw < 20) {
            RawMutations.Kind kind = RawMutations.ALL.get(random.nextInt(RawMutations.ALL.size()));
            byte[] bytes = kind.damage().apply(subject.bytes(), random);
            return new Mutant(seed, subject, "raw: " + kind.name(), false, bytes);
        }
        boolean isNeutral = draw == 20;
        List<ForgedMutations.Kind> kinds = isNeutral ? neutral() : forged(subject);
        ForgedMutations.Kind kind = kinds.get(random.nextInt(kinds.size()));
        byte[] bytes = kind.change().apply(subject.bytes(), random);
        return new Mutant(seed, subject, kind.name(), !isNeutral, bytes);
    }

    private static List<ForgedMutations.Kind> neutral() {
        List<ForgedMutations.Kind> kinds = new ArrayList<>(EnvelopeMutations.NEUTRAL);
        kinds.addAll(TribuoMutations.NEUTRAL);
        return kinds;
    }

    /** Returns the kinds of forgery that change what a subject of this role holds. */
    static List<ForgedMutations.Kind> forged(Subject subject) {
        ModelArtifact artifact = ModelArtifact.read(subject.bytes());
        List<ForgedMutations.Kind> kinds = new ArrayList<>(EnvelopeMutations.ALL);
        kinds.addAll(TribuoMutations.ALL);
        kinds.addAll(
                artifact.role() == ModelRole.REGIME ? ForgedMutations.HMM : ForgedMutations.FOREST);
        if (artifact.origin().isEmpty()) {
            kinds.removeIf(kind -> kind.name().equals("envelope: provenance of other time"));
        }
        return kinds;
    }

    void examine(Mutant mutant) {
        String sort = mutant.kind().replaceAll(":.*", "") + ", " + mutant.subject().name();
        Figures figure = figures.computeIfAbsent(sort, unused -> new Figures());
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        String outcome = outcome(mutant);
        double ms = (System.nanoTime() - start) / 1e6;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        if (outcome.isEmpty()) {
            figure.equal++;
        } else {
            figure.refused++;
        }
        figure.totalMs += ms;
        if (ms > figure.longestMs) {
            figure.longestMs = ms;
            figure.slowest = mutant.toString();
        }
        if (bytes > figure.mostBytes) {
            figure.mostBytes = bytes;
            figure.largest = mutant.toString();
        }
    }

    /**
     * Returns the message of the refusal, or an empty text if scores are equal; anything else is
     * recorded as a failure.
     */
    private String outcome(Mutant mutant) {
        try {
            List<Double> scores = scores(mutant.bytes());
            if (mutant.mustBeRefused()) {
                failures.add("accepted: " + mutant);
            } else if (!scores.equals(mutant.subject().scores())) {
                failures.add("other scores: " + mutant);
            }
            return "";
        } catch (ModelRejectedException e) {
            boolean isOneLine = e.getMessage().lines().count() == 1;
            if (!isOneLine || !e.getMessage().startsWith("Model rejected: ")) {
                failures.add("message: " + mutant + " " + e.getMessage());
            }
            return e.getMessage();
        } catch (RuntimeException | Error e) {
            failures.add("threw " + e + ": " + mutant);
            return e.toString();
        }
    }

    /**
     * Returns all results of a model on a fixed batch of rows, checking its schema as the job does.
     */
    static List<Double> scores(byte[] bytes) {
        ModelArtifact artifact = ModelArtifact.read(bytes).requireSchema(RollingFeatures.SCHEMA);
        List<Double> scores = new ArrayList<>();
        if (artifact.role() == ModelRole.ANOMALY) {
            AnomalyScorer scorer = AnomalyScorer.open(artifact);
            for (int row = 0; row < ROWS; row++) {
                var signal = scorer.score(vector(row)).orElseThrow();
                scores.addAll(List.of(signal.score(), signal.threshold(), signal.severity()));
                scores.addAll(signal.attribution().values());
            }
        } else {
            RegimeScorer scorer = RegimeScorer.open(artifact);
            RegimeFilterState state = new RegimeFilterState();
            for (int row = 0; row < ROWS; row++) {
                for (var signal : scorer.update(state, vector(row))) {
                    scores.addAll(List.of(signal.pStable(), signal.pVolatile(), signal.pCrisis()));
                    scores.addAll(List.of(signal.surprise(), signal.surpriseThreshold()));
                    scores.add((double) signal.confirmedRegime().ordinal());
                }
            }
        }
        return scores;
    }

    private static FeatureVector vector(int row) {
        Random random = new Random(row);
        double[] values = new double[RollingFeatures.SCHEMA.size()];
        Arrays.setAll(values, i -> random.nextGaussian() * (1 + row % 7));
        long time = 1_704_067_200_000L + row * 60_000L;
        return new FeatureVector("BTCUSDT", time, RollingFeatures.SCHEMA.version(), 0, values);
    }

    List<String> failures() {
        return failures;
    }

    Map<String, Figures> figures() {
        return figures;
    }

    /** Returns a table with one line for each sort of mutants. */
    String table() {
        StringBuilder text = new StringBuilder();
        line(text, "mutants", "number", "refused", "equal", "mean ms", "max ms", "max MB");
        figures.forEach(
                (sort, f) ->
                        line(
                                text,
                                sort,
                                f.all(),
                                f.refused,
                                f.equal,
                                decimal(f.totalMs / f.all()),
                                decimal(f.longestMs),
                                decimal(f.mostBytes / 1e6)));
        int refused = figures.values().stream().mapToInt(f -> f.refused).sum();
        int all = figures.values().stream().mapToInt(Figures::all).sum();
        double ms = figures.values().stream().mapToDouble(f -> f.longestMs).max().orElse(0);
        long bytes = figures.values().stream().mapToLong(f -> f.mostBytes).max().orElse(0);
        double total = figures.values().stream().mapToDouble(f -> f.totalMs).sum();
        line(
                text,
                "all",
                all,
                refused,
                all - refused,
                decimal(total / all),
                decimal(ms),
                decimal(bytes / 1e6));
        return text.append("failures: ").append(failures).append('\n').toString();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.format(Locale.ROOT, "%-32s%8s%9s%7s%9s%8s%8s%n", cells));
    }
}

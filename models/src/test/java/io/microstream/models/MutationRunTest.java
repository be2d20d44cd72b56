package io.microstream.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.microstream.models.MutationRun.Figures;
import io.microstream.models.MutationRun.Mutant;
import io.microstream.models.MutationRun.Subject;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mutates artefacts a thousand times by seed: each mutant is refused or loads with equal scores, in
 * bounded time and memory. Run more by {@code -Dmicrostream.mutations=100000
 * -Dmicrostream.mutations.seed=7}.
 */
class MutationRunTest {

    private static final long SEED = Long.getLong("microstream.mutations.seed", 1);
    private static final int MUTATIONS = Integer.getInteger("microstream.mutations", 1_000);

    /**
     * Time limit in milliseconds, hundreds of times what is measured: a bound, not a measure of
     * speed.
     */
    private static final double LONGEST_MS = 10_000;

    private static final long MOST_BYTES = 64_000_000;

    private static List<Subject> subjects;

    @BeforeAll
    static void prepare() {
        subjects = new ArrayList<>();
        subjects.add(Subject.of("small regime", TrainedModels.calibratedRegime(1, 3)));
        subjects.add(Subject.of("small anomaly", TrainedModels.anomaly()));
        for (ModelArtifact model : DefaultModels.load()) {
            if (!model.symbol().equals(ModelArtifact.ANY_SYMBOL)) {
                String role = model.role().name().toLowerCase(java.util.Locale.ROOT);
                subjects.add(Subject.of("default " + role, model));
            }
        }
    }

    @Test
    void eachIsRefusedOrLoadsWithEqualScoresInBoundedTimeAndMemory() {
        System.clearProperty(Canary.SONG);
        MutationRun run = new MutationRun(subjects).run(SEED, MUTATIONS);
        System.out.println("seeds " + SEED + " to " + (SEED + MUTATIONS - 1));
        System.out.println(run.table());
        assertThat(run.failures()).isEmpty();
        assertThat(System.getProperty(Canary.SONG)).as("a class the bytes named").isNull();
        for (Figures figures : run.figures().values()) {
            assertThat(figures.longestMs).as(figures.slowest).isLessThan(LONGEST_MS);
            assertThat(figures.mostBytes).as(figures.largest).isLessThan(MOST_BYTES);
        }
        assertThat(run.figures().values().stream().mapToInt(f -> f.equal).sum()).isPositive();
    }

    @Test
    void everyKindOfForgeryIsRefusedOfEverySubject() {
        MutationRun run = new MutationRun(subjects);
        int forged = 0;
        for (Subject subject : subjects) {
            for (ForgedMutations.Kind kind : MutationRun.forged(subject)) {
                for (int seed = 0; seed < 3; seed++) {
                    byte[] bytes = kind.change().apply(subject.bytes(), new Random(seed));
                    run.examine(new Mutant(seed, subject, kind.name(), true, bytes));
                    forged++;
                }
            }
        }
        assertThat(run.failures()).isEmpty();
        assertThat(forged).isGreaterThan(1_000);
    }

    /** Only a signature could distinguish such a model from the one that was trained. */
    @Test
    void aModelOfOtherButValidNumbersStillGivesUsableAnswersOrIsRefused() {
        int refused = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Subject subject = subjects.get(seed % subjects.size());
            byte[] bytes =
                    Resealed.model(
                            subject.bytes(),
                            model -> {
                                byte[] content = model.getSerializedData().getValue().toByteArray();
                                content[random.nextInt(content.length)] ^=
                                        (byte) (1 << random.nextInt(8));
                                model.getSerializedDataBuilder()
                                        .setValue(ByteString.copyFrom(content));
                            });
            try {
                assertThat(MutationRun.scores(bytes))
                        .as("seed=" + seed)
                        .hasSameSizeAs(subject.scores())
                        .noneMatch(score -> score.equals(Double.NEGATIVE_INFINITY));
            } catch (ModelRejectedException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 399);
    }

    @Test
    void theLargestFileCostsNoMoreThanAFewCopiesOfItself() {
        byte[] noise = new byte[ModelArtifact.LARGEST - 10_000];
        new Random(1).nextBytes(noise);
        byte[] names = new byte[ModelArtifact.LARGEST];
        for (int i = 0; i < names.length; i += 2) {
            names[i] = 9 << 3 | 2;
        }
        Subject subject = subjects.get(0);
        byte[] large =
                Resealed.envelope(
                        subject.bytes(), proto -> proto.setModel(ByteString.copyFrom(noise)));
        MutationRun run = new MutationRun(subjects);
        run.examine(new Mutant(0, subject, "large: noise", true, large));
        run.examine(new Mutant(1, subject, "large: empty names", true, names));
        run.examine(new Mutant(2, subject, "large: header", true, new byte[names.length + 1]));
        System.out.println(run.table());
        assertThat(run.failures()).isEmpty();
        assertThat(run.figures().values()).allMatch(f -> f.mostBytes < MOST_BYTES);
    }

    /** Checks the run itself: an untouched artefact scores, and loading the canary is noticed. */
    @Test
    void theRunItselfCanFail() throws ReflectiveOperationException, IOException {
        MutationRun run = new MutationRun(subjects);
        Subject subject = subjects.get(0);
        run.examine(new Mutant(0, subject, "none", true, subject.bytes()));
        assertThat(run.failures())
                .containsExactly("accepted: seed=0 subject=small regime kind=none");
        URL classes = Canary.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader apart = new URLClassLoader(new URL[] {classes}, null)) {
            Class.forName(Canary.NAME, true, apart);
        }
        assertThat(System.clearProperty(Canary.SONG)).isEqualTo("loaded");
    }
}

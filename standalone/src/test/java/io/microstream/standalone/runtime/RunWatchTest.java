package io.microstream.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time is told, so minutes pass at once. The folder that checkpoints fail in does not exist. */
class RunWatchTest {

    private static final long START = 1_767_268_800_000L;
    private static final String DISK = "Asynchronous task checkpoint failed.";

    @TempDir private Path folder;
    private final List<String> console = new ArrayList<>();
    private StateFolder missing;
    private long nowMs = START;
    private long completed;
    private long failed;
    private long newestMs;
    private long restartedMs;
    private String failure = "";
    private String cause = "";

    @BeforeEach
    void nameAFolderThatIsNotThere() {
        missing = new StateFolder(folder.resolve("missing"));
    }

    private RunWatch watch(boolean bounded) {
        return new RunWatch(bounded, missing, console::add);
    }

    private String look(RunWatch watch) {
        JobState state = new JobState(completed, failed, newestMs, 0, failure, restartedMs, cause);
        return watch.look(state, nowMs);
    }

    private void completes() {
        completed++;
        newestMs = nowMs;
    }

    private String fails(RunWatch watch) {
        failed++;
        failure = DISK;
        return look(watch);
    }

    private String restarts(RunWatch watch, String why) {
        nowMs += 2_000;
        restartedMs = nowMs;
        cause = why;
        return look(watch);
    }

    @Test
    void theFirstFailedCheckpointIsShownWithFolderAndCause() {
        RunWatch watch = watch(true);
        completes();
        assertThat(look(watch)).isNull();
        nowMs += 7_000;
        assertThat(fails(watch)).isNull();
        assertThat(console).hasSize(1);
        assertThat(console.get(0))
                .startsWith("1 checkpoint failed in a row, the newest good one is 7 s old: folder=")
                .contains("missing free=")
                .contains(" cause=")
                .endsWith("Free space there, or give another folder with --checkpoints");
    }

    @Test
    void aBoundedRunEndsAfterFiveFailuresInARowAndOneThatCompletesCountsAnew() {
        RunWatch watch = watch(true);
        for (int i = 0; i < 4; i++) {
            assertThat(fails(watch)).isNull();
        }
        completes();
        look(watch);
        assertThat(console).last().isEqualTo("checkpoints complete again after 4 failures");
        for (int i = 0; i < 4; i++) {
            assertThat(fails(watch)).isNull();
        }
        assertThat(fails(watch)).startsWith("Checkpoints failed 5 times in a row, ");
    }

    @Test
    void aLiveRunGoesOnAndShowsTheAgeOfTheNewestAtGrowingIntervals() {
        RunWatch watch = watch(false);
        completes();
        look(watch);
        for (int second = 0; second < 3600; second += 10) {
            nowMs += 10_000;
            assertThat(fails(watch)).isNull();
        }
        assertThat(console).hasSizeBetween(6, 12);
        assertThat(console).last().asString().contains("the newest good one is 5");
        assertThat(console).last().asString().contains(" min old");
        completes();
        look(watch);
        assertThat(console).last().isEqualTo("checkpoints complete again after 360 failures");
    }

    @Test
    void whatFlinkDeclinesWhileTasksStartIsNoFault() throws Exception {
        missing = StateFolder.create(Files.createDirectory(folder.resolve("there")), "");
        RunWatch watch = watch(true);
        for (int i = 0; i < 20; i++) {
            failed++;
            failure = "Checkpoint was declined (tasks not ready)";
            assertThat(look(watch)).isNull();
        }
        assertThat(console).isEmpty();
    }

    @Test
    void aBoundedRunIsNotRestartedTwiceForTheSameCause() {
        RunWatch watch = watch(true);
        assertThat(restarts(watch, "Rows not written: waited=PT600.1S")).isNull();
        assertThat(restarts(watch, "Rows not written: waited=PT600.7S"))
                .isEqualTo(
                        "The job fails again and again: restarts=2 cause=Rows not written: waited=PT600.7S. The rows committed so far are valid");
        assertThat(console).allMatch(line -> line.startsWith("restart "));
        assertThat(watch.counted(Map.of())).containsEntry("restarts", 2L);
    }

    @Test
    void restartsThatRepairTheirFaultAreSurvived() {
        RunWatch watch = watch(true);
        for (int i = 0; i < 20; i++) {
            assertThat(restarts(watch, "Connection reset")).isNull();
            completes();
            look(watch);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(restarts(watch, i % 2 == 0 ? "one" : "another")).isNull();
        }
        assertThat(watch.counted(Map.of())).containsEntry("restarts", 40L);
    }

    @Test
    void aLiveRunEndsOnlyIfItHasNeverWorked() {
        RunWatch never = watch(false);
        assertThat(restarts(never, "refused")).isNull();
        assertThat(restarts(never, "refused")).isNull();
        assertThat(restarts(never, "refused")).contains("restarts=3 cause=refused");

        completed = 0;
        RunWatch worked = watch(false);
        completes();
        look(worked);
        for (int i = 0; i < 50; i++) {
            assertThat(restarts(worked, "refused")).isNull();
        }
    }

    @Test
    void aWaitIsShownAfterTenSecondsThenMoreAndMoreRarelyAndItsEndOnce() {
        RunWatch watch = watch(false);
        String what = "database of a test: refused";
        for (long second = 0; second <= 3600; second++) {
            watch.waiting(Map.of(what, 1000 * second), wait -> wait + " (here)");
        }
        assertThat(console).hasSizeBetween(6, 12);
        assertThat(console.get(0))
                .isEqualTo("waiting for 10 s for database of a test: refused (here)");
        watch.waiting(Map.of(), UnaryOperator.identity());
        assertThat(console)
                .last()
                .isEqualTo("no longer waiting, after 60 min, for database of a test: refused");
    }

    /** Whatever a job does, its run is silent only if nothing failed, and ends if nothing heals. */
    @Test
    void everyFailureIsShownAndABoundedRunEndsUnlessItMakesProgress() {
        for (long seed = 1; seed <= 500; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            console.clear();
            completed = 0;
            failed = 0;
            newestMs = 0;
            restartedMs = 0;
            RunWatch watch = watch(true);
            int healing = chance.nextInt(3);
            String end = null;
            int steps = 0;
            while (end == null && steps++ < 1000) {
                nowMs += Duration.ofSeconds(1 + chance.nextInt(5)).toMillis();
                int what = chance.nextInt(4);
                if (what == 0 && healing > 0) {
                    completes();
                    end = look(watch);
                } else if (what <= 2) {
                    end = fails(watch);
                } else {
                    end = restarts(watch, "disk full");
                }
                assertThat(console.isEmpty()).isEqualTo(failed == 0 && restartedMs == 0);
            }
            if (healing == 0) {
                assertThat(end).as("seed=%d", seed).isNotNull();
                assertThat(steps).as("seed=%d", seed).isLessThanOrEqualTo(6);
            }
        }
    }
}

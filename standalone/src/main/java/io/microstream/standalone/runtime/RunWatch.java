package io.microstream.standalone.runtime;

import io.microstream.standalone.report.ReplayReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Puts on the console what a run cannot show otherwise: checkpoints that fail, restarts, and what
 * is being waited for, each with its cause and age, at once and then at growing intervals. Ends a
 * run that would meet the same fault again: a bounded one after {@value #MOST_FAILED} failed
 * checkpoints in a row, or if it restarts twice for the same cause without a checkpoint in between;
 * a live one only if it has never completed a checkpoint and fails at once again and again.
 */
final class RunWatch {

    static final int MOST_FAILED = 5;

    /** What Flink says while a job starts, restarts or ends; empty if it says nothing. */
    private static final String NO_FAULT =
            "|(?i).*(not ready|not all required tasks|suspending|shut ?down|finished).*";

    private static final int LIVE_RESTARTS = 3;
    private static final Duration AT_ONCE = Duration.ofMinutes(1);
    private static final Duration SHOWN_FROM = Duration.ofSeconds(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    private final boolean bounded;
    private final StateFolder checkpoints;
    private final Consumer<String> console;
    private final Map<String, Wait> waits = new HashMap<>();
    private JobState last = new JobState(0, 0, 0, 0, "", 0, "");
    private long failedBefore;
    private long faults;
    private long shownAtMs;
    private Duration interval = Duration.ofMinutes(1);
    private int restarts;
    private int same;
    private long completedAtRestart;

    /** What is waited for, how long it had been when it was shown last, and when it is next. */
    private static final class Wait {
        private long ageMs;
        private long shownMs;
        private long nextMs = SHOWN_FROM.toMillis();
        private boolean gone;
    }

    RunWatch(boolean bounded, StateFolder checkpoints, Consumer<String> console) {
        this.bounded = bounded;
        this.checkpoints = checkpoints;
        this.console = console;
    }

    /**
     * Takes the state of the job.
     *
     * @param nowMs milliseconds since the epoch
     * @return why the run must end; null as long as it goes on
     */
    String look(JobState now, long nowMs) {
        boolean completed = now.completed() > last.completed();
        boolean failed = now.failed() > last.failed();
        if (failed && !now.failure().matches(NO_FAULT)) {
            faults += now.failed() - last.failed();
        }
        boolean restarted = now.restartedMs() > last.restartedMs();
        String end = null;
        if (restarted) {
            end = restarted(now);
        }
        if (completed) {
            completed(now);
        } else if (failed || failedInRow() > 0) {
            String why = checkpointFailed(now, nowMs, failed);
            end = end == null ? why : end;
        }
        last = now;
        return end;
    }

    private String restarted(JobState now) {
        restarts++;
        boolean repeated = restarts > 1 && sameCause(now.cause(), last.cause());
        boolean progress = now.completed() > completedAtRestart;
        same = repeated && !progress ? same + 1 : 1;
        console.accept("restart %d of the job: %s".formatted(restarts, now.cause()));
        boolean atOnce = now.restartedMs() - last.restartedMs() < AT_ONCE.toMillis();
        boolean neverWorked = now.completed() == 0 && atOnce && same >= LIVE_RESTARTS;
        completedAtRestart = now.completed();
        if (bounded ? same > 1 : neverWorked) {
            return "The job fails again and again: restarts=%d cause=%s. The rows committed so far are valid"
                    .formatted(restarts, now.cause());
        }
        return null;
    }

    /** Numbers in a message, such as times and ports, differ from one attempt to the next. */
    private static boolean sameCause(String one, String other) {
        return one.replaceAll("[0-9]+", "#").equals(other.replaceAll("[0-9]+", "#"));
    }

    private void completed(JobState now) {
        if (shownAtMs > 0) {
            console.accept(
                    "checkpoints complete again after %,d failures".formatted(failedInRow()));
        }
        failedBefore = now.failed();
        shownAtMs = 0;
        interval = Duration.ofMinutes(1);
    }

    private long failedInRow() {
        return last.failed() - failedBefore;
    }

    private String checkpointFailed(JobState now, long nowMs, boolean another) {
        boolean due = shownAtMs == 0 ? another : nowMs - shownAtMs >= interval.toMillis();
        long inRow = now.failed() - failedBefore;
        boolean last = bounded && inRow >= MOST_FAILED;
        if (!due && !last) {
            return null;
        }
        String fault = checkpoints.fault(now.bytes());
        if (fault.isEmpty() && now.failure().matches(NO_FAULT)) {
            return null;
        }
        String what =
                "%s cause=%s. Free space there, or give another folder with --checkpoints"
                        .formatted(
                                checkpoints.place(),
                                fault.isEmpty() ? now.failure().replaceAll("\\.+$", "") : fault);
        if (last) {
            return "Checkpoints failed %d times in a row, so the run cannot end: %s. The rows committed so far are valid"
                    .formatted(inRow, what);
        }
        interval = shownAtMs == 0 ? interval : longer(interval);
        shownAtMs = nowMs;
        console.accept(
                "%d checkpoint%s failed in a row, %s: %s"
                        .formatted(inRow, inRow == 1 ? "" : "s", newest(now, nowMs), what));
        return null;
    }

    private static String newest(JobState now, long nowMs) {
        return now.newestMs() == 0
                ? "none completed yet"
                : "the newest good one is %s old".formatted(age(nowMs - now.newestMs()));
    }

    private static Duration longer(Duration interval) {
        Duration twice = interval.multipliedBy(2);
        return twice.compareTo(LONGEST_INTERVAL) < 0 ? twice : LONGEST_INTERVAL;
    }

    /**
     * Takes what tasks are waiting for.
     *
     * @param ages age in milliseconds by what is waited for and why
     * @param place adds to what is waited for where to look
     */
    void waiting(Map<String, Long> ages, UnaryOperator<String> place) {
        waits.values().forEach(wait -> wait.gone = true);
        ages.forEach(
                (what, ageMs) -> {
                    Wait wait = waits.computeIfAbsent(what, name -> new Wait());
                    wait.gone = false;
                    wait.ageMs = ageMs;
                    if (ageMs >= wait.nextMs) {
                        console.accept(
                                "waiting for %s for %s".formatted(age(ageMs), place.apply(what)));
                        wait.shownMs = ageMs;
                        wait.nextMs = ageMs + longer(Duration.ofMillis(ageMs)).toMillis();
                    }
                });
        waits.entrySet()
                .removeIf(
                        entry -> {
                            Wait wait = entry.getValue();
                            if (wait.gone && wait.shownMs > 0) {
                                console.accept(
                                        "no longer waiting, after %s, for %s"
                                                .formatted(age(wait.ageMs), entry.getKey()));
                            }
                            return wait.gone;
                        });
    }

    /**
     * Adds the number of restarts and of failed checkpoints to the counters of the job; those that
     * failed because the job was starting or ending are no faults.
     */
    Map<String, Long> counted(Map<String, Long> counters) {
        Map<String, Long> all = new HashMap<>(counters);
        all.put(ReplayReport.RESTARTS, (long) restarts);
        all.put(ReplayReport.FAILED_CHECKPOINTS, faults);
        return all;
    }

    /** Returns a length of time as text: {@code 12 s}, {@code 3 min} or {@code 2 h}. */
    static String age(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}

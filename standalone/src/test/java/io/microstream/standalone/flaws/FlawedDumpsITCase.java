package io.microstream.standalone.flaws;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.binance.archive.DumpKind;
import io.microstream.standalone.flaws.Verdict.Outcome;
import io.microstream.testing.PostgresServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays recorded input that is corrupted by random compositions of kinds, and compares every
 * stored bar with the truth of an independent computation: a run either gives the truth, or its
 * bars are not complete and the fault is reported ({@link Verdict}).
 *
 * <p>What nobody could know who has only the input is no contradiction, and is counted as hidden
 * ({@link StatedTruth}): a time moved within those of its neighbours, the only statement of a
 * quantity, trades missing at a border that the file's name proves. A file that is wholly named for
 * another symbol is such a case too. The table's last column is the share of the truth's minutes
 * that have a complete bar: honest is not enough, the rest of the input must stay usable.
 *
 * <p>{@code -Dmicrostream.flaws.cases=2000 -Dmicrostream.flaws.seed=1} choose how many cases and
 * which; {@code benchmarks/flaws/run} does it and prints the table.
 */
class FlawedDumpsITCase {

    private static final int BATCH = 200;

    /** Seeds that once were silent. */
    private static final long[] REGRESSIONS = {
        29, 35, 46, 158, 365, 528, 593, 706, 1080, 1110, 1111, 1166, 1186, 1239, 5572, 6931, 7065,
        20242, 20517, 20927, 21871, 22237,
    };

    @TempDir private static Path folder;

    private static PostgresServer databases;

    @BeforeAll
    static void startDatabases() throws Exception {
        databases = PostgresServer.start(folder.resolve("database"));
    }

    @AfterAll
    static void stopDatabases() throws Exception {
        databases.close();
    }

    @Test
    void noCorruptionIsSilent() throws Exception {
        int cases = Integer.getInteger("microstream.flaws.cases", 200);
        long seed = Long.getLong("microstream.flaws.seed", 1);
        System.out.println("corrupted input: cases=" + cases + " seed=" + seed);
        judge(LongStream.range(seed, seed + cases).toArray());
    }

    @Test
    void seedsThatOnceWereSilentAreNot() throws Exception {
        judge(REGRESSIONS);
    }

    private static void judge(long... seeds) throws Exception {
        Map<DumpKind, List<FlawedCase>> byKind = new EnumMap<>(DumpKind.class);
        for (long seed : seeds) {
            FlawedCase made = FlawedCase.of(seed);
            byKind.computeIfAbsent(made.kind(), any -> new ArrayList<>()).add(made);
        }
        Map<Long, Verdict> verdicts = new TreeMap<>();
        List<FlawedCase> all = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Map.Entry<DumpKind, List<FlawedCase>> kind : byKind.entrySet()) {
            List<FlawedCase> cases = kind.getValue();
            for (int from = 0; from < cases.size(); from += BATCH) {
                List<FlawedCase> batch = cases.subList(from, Math.min(cases.size(), from + BATCH));
                judge(kind.getKey(), batch, verdicts, silent);
                all.addAll(batch);
            }
        }
        print(all, verdicts, System.out);
        assertThat(silent).as("silent cases").isEmpty();
    }

    private static void judge(
            DumpKind kind, List<FlawedCase> batch, Map<Long, Verdict> verdicts, List<String> silent)
            throws Exception {
        Path files = Files.createTempDirectory(folder, "batch");
        FlawedRun run = new FlawedRun(kind, databases.fresh(), files);
        Map<Long, CaseResult> first = run.run(batch, 0);
        Map<Long, CaseResult> second = run.run(batch, 1);
        for (FlawedCase each : batch) {
            List<CaseResult> results = new ArrayList<>(List.of(first.get(each.seed())));
            if (second.containsKey(each.seed())) {
                results.add(second.get(each.seed()));
            }
            Verdict verdict = Verdict.of(each, results);
            verdicts.put(each.seed(), verdict);
            if (verdict.outcome() == Outcome.SILENT) {
                String text =
                        "seed %d %s %s %s: %s%n    %s"
                                .formatted(
                                        each.seed(),
                                        kind,
                                        each.market().layout(),
                                        each.flaws(),
                                        verdict.why().get(0),
                                        results.stream()
                                                .map(
                                                        r ->
                                                                r.refusal()
                                                                        + r.losses()
                                                                        + r.warnings()
                                                                        + r.quality())
                                                .toList());
                System.out.println("SILENT " + text);
                silent.add(text);
            }
        }
    }

    private static void print(
            List<FlawedCase> cases, Map<Long, Verdict> verdicts, PrintStream out) {
        out.printf(
                "%-22s %6s %6s %10s %8s %7s %7s %9s%n",
                "kind", "cases", "equal", "incomplete", "refused", "silent", "hidden", "complete");
        for (FlawKind kind : FlawKind.values()) {
            row(
                    kind.name(),
                    cases.stream().filter(each -> each.flaws().contains(kind)).toList(),
                    verdicts,
                    out);
        }
        row(
                "(none)",
                cases.stream().filter(each -> each.flaws().isEmpty()).toList(),
                verdicts,
                out);
        row("all", cases, verdicts, out);
    }

    private static void row(
            String name, List<FlawedCase> cases, Map<Long, Verdict> verdicts, PrintStream out) {
        EnumMap<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        int hidden = 0;
        int minutes = 0;
        int complete = 0;
        for (FlawedCase each : cases) {
            Verdict verdict = verdicts.get(each.seed());
            counts.merge(verdict.outcome(), 1, Integer::sum);
            hidden += verdict.hidden() > 0 ? 1 : 0;
            minutes += verdict.minutes();
            complete += verdict.complete();
        }
        out.printf(
                "%-22s %6d %6d %10d %8d %7d %7d %8d%%%n",
                name,
                cases.size(),
                counts.getOrDefault(Outcome.EQUAL, 0),
                counts.getOrDefault(Outcome.INCOMPLETE, 0),
                counts.getOrDefault(Outcome.REFUSED, 0),
                counts.getOrDefault(Outcome.SILENT, 0),
                hidden,
                100 * complete / Math.max(1, minutes));
    }
}

package io.microstream.standalone.flaws;

import io.microstream.market.Trade;
import io.microstream.standalone.flaws.CaseResult.StoredBar;
import io.microstream.testing.FlawedRows.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says whether the runs of a case were honest.
 *
 * <p>After each run, every stored bar that is {@code complete} equals the truth, or what the input
 * states where nobody could know better ({@link StatedTruth}). A minute that differs from it, or
 * has no bar, is reported: by a line that makes the exit code 1, or by a warning and rows in
 * data_quality. Minutes at the borders of the input need no report if they are incomplete. A row of
 * the input that is in no bar, and no exact repeat of one that is, makes the exit code 1. A bar
 * that was complete and right stays so, or the exit code is 1.
 *
 * @param why what was silent; empty if nothing
 * @param hidden how many things in the input nobody could know to be wrong
 * @param minutes how many minutes the truth has
 * @param complete how many of them have a complete bar after the last run
 */
record Verdict(Outcome outcome, List<String> why, int hidden, int minutes, int complete) {

    /** What became of a case. */
    enum Outcome {
        EQUAL,
        INCOMPLETE,
        REFUSED,
        SILENT
    }

    static Verdict of(FlawedCase given, List<CaseResult> results) {
        return new Judging(given, results).verdict();
    }

    private static final class Judging {
        private final FlawedCase given;
        private final List<CaseResult> results;
        private final TreeMap<Long, NaiveBar> truth;
        private final List<StatedTruth> stated = new ArrayList<>();
        private final List<String> why = new ArrayList<>();
        private boolean equal = true;

        Judging(FlawedCase given, List<CaseResult> results) {
            this.given = given;
            this.results = results;
            this.truth = NaiveBar.of(given.market().trades());
            given.runs().forEach(files -> stated.add(StatedTruth.of(given.market(), files)));
        }

        Verdict verdict() {
            for (int run = 0; run < results.size(); run++) {
                completeBarsAreTrue(run);
                differencesAreReported(run);
                rowsAreInBars(run);
                if (run > 0) {
                    completeBarsStay(run);
                }
            }
            if (given.flaws().isEmpty()) {
                flawlessInputPasses();
            }
            boolean refused = results.stream().anyMatch(each -> each.refusal() != null);
            int hidden =
                    stated.stream().mapToInt(StatedTruth::hidden).max().orElse(0)
                            + (given.renamed() ? 1 : 0);
            return new Verdict(
                    !why.isEmpty()
                            ? Outcome.SILENT
                            : refused
                                    ? Outcome.REFUSED
                                    : equal ? Outcome.EQUAL : Outcome.INCOMPLETE,
                    why,
                    hidden,
                    truth.size(),
                    (int) truth.keySet().stream().filter(this::isComplete).count());
        }

        private boolean isComplete(long minute) {
            StoredBar bar = results.get(results.size() - 1).bars().get(minute);
            return bar != null && bar.complete();
        }

        private void completeBarsAreTrue(int run) {
            CaseResult result = results.get(run);
            for (Map.Entry<Long, StoredBar> entry : result.bars().entrySet()) {
                long minute = entry.getKey();
                StoredBar stored = entry.getValue();
                if (stored.complete() && !isTrue(run, minute, stored.bar())) {
                    boolean leftAndReported =
                            run > 0
                                    && result.isLoss()
                                    && stored.equals(results.get(run - 1).bars().get(minute));
                    if (!leftAndReported) {
                        silent(
                                run,
                                "%tT complete = true, %s where the truth is %s",
                                minute,
                                stored.bar(),
                                truth.get(minute));
                    }
                }
            }
        }

        /** A minute that a run does not reach is left as the run before it states it. */
        private boolean isTrue(int run, long minute, NaiveBar bar) {
            boolean earlier = run > 0 && (given.part() || !isReached(run, minute));
            return bar.equals(truth.get(minute))
                    || bar.equals(stated.get(run).bars().get(minute))
                    || (earlier && bar.equals(stated.get(run - 1).bars().get(minute)));
        }

        private boolean isReached(int run, long minute) {
            TreeMap<Long, NaiveBar> bars = stated.get(run).bars();
            return minute >= bars.firstKey() && minute <= bars.lastKey();
        }

        private void differencesAreReported(int run) {
            CaseResult result = results.get(run);
            StatedTruth input = stated.get(run);
            List<Long> differing = new ArrayList<>();
            for (long minute : input.bars().keySet()) {
                StoredBar stored = result.bars().get(minute);
                if (stored == null || !isTrue(run, minute, stored.bar())) {
                    equal = false;
                    if (minute > input.firstMinute() && minute < input.lastMinute()) {
                        differing.add(minute);
                    }
                }
            }
            if (!differing.isEmpty() && !result.isReported()) {
                silent(run, "%tT differs and nothing is reported", differing.get(0));
            }
        }

        private void rowsAreInBars(int run) {
            CaseResult result = results.get(run);
            if (result.isLoss() || given.part()) {
                return;
            }
            Set<String> seen = new HashSet<>();
            BigDecimal volume = BigDecimal.ZERO;
            for (InputFile file : given.runs().get(run)) {
                for (Row row : file.rows()) {
                    Trade trade = row.trade();
                    if (trade == null || trade.quantity() == 0) {
                        silent(run, "an unreadable row or one without a quantity, but exit 0");
                    } else if (seen.add(file.line(row))) {
                        volume = volume.add(NaiveBar.decimal(trade.quantity()));
                    }
                }
            }
            BigDecimal stored =
                    result.bars().entrySet().stream()
                            .filter(entry -> run == 0 || isReached(run, entry.getKey()))
                            .map(entry -> entry.getValue().bar().volume())
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
            if (volume.compareTo(stored) != 0) {
                silent(
                        run,
                        "rows in no bar, but exit 0: volume of the rows %s, of the bars %s",
                        volume.toPlainString(),
                        stored.toPlainString());
            }
        }

        private void completeBarsStay(int run) {
            CaseResult result = results.get(run);
            for (Map.Entry<Long, StoredBar> entry : results.get(run - 1).bars().entrySet()) {
                StoredBar before = entry.getValue();
                boolean right = before.complete() && before.bar().equals(truth.get(entry.getKey()));
                if (right
                        && !before.equals(result.bars().get(entry.getKey()))
                        && !result.isLoss()) {
                    silent(
                            run,
                            "%tT was complete and right, and is now %s",
                            entry.getKey(),
                            result.bars().get(entry.getKey()));
                }
            }
        }

        private void flawlessInputPasses() {
            CaseResult result = results.get(0);
            if (result.isLoss() || !equal) {
                why.add("flawless input did not pass: " + result);
            }
            for (Map.Entry<Long, StoredBar> entry : result.bars().entrySet()) {
                boolean border =
                        entry.getKey().equals(truth.firstKey())
                                || entry.getKey().equals(truth.lastKey());
                if (!border && !entry.getValue().complete()) {
                    why.add("flawless input, but incomplete: %tT".formatted(entry.getKey()));
                }
            }
        }

        private void silent(int run, String text, Object... values) {
            why.add("run " + (run + 1) + ": " + text.formatted(values));
        }
    }
}

package io.microstream.binance.replay.flaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.dump.DumpSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DumpFlawsTest {

    /** Keeps rows as "id@time" and lines as they are. */
    private static final class Recorder implements DumpSink {
        final List<String> lines = new ArrayList<>();

        @Override
        public void trade(long id, long p, long q, long first, long last, long us, boolean maker) {
            lines.add(id + "@" + us);
        }

        @Override
        public void line(String text) {
            lines.add(text);
        }
    }

    @Test
    void withoutAPlanNothingChanges() throws IOException {
        assertThat(run(FlawPlan.scattered(1, 3, 0, 0, 0, 0), 3).lines)
                .containsExactly("100@0", "101@1", "102@2");
    }

    @Test
    void aGapDropsConsecutiveIds() throws IOException {
        Flaw gap = new Flaw.Gap(2);
        Recorder out = new Recorder();
        DumpFlaws flaws = feed(new DumpFlaws(FlawPlan.of(1, gap), out), 5);
        assertThat(out.lines).containsExactly("100@0", "103@3", "104@4");
        assertThat(flaws.injected()).containsExactly(new InjectedFlaw(gap, 2, 101, 102));
    }

    @Test
    void aRepeatBringsTheLastRowsAgain() throws IOException {
        Flaw repeat = new Flaw.Repeat(2);
        Recorder out = new Recorder();
        DumpFlaws flaws = feed(new DumpFlaws(FlawPlan.of(2, repeat), out), 4);
        assertThat(out.lines).containsExactly("100@0", "101@1", "102@2", "101@1", "102@2", "103@3");
        assertThat(flaws.injected()).containsExactly(new InjectedFlaw(repeat, 4, 101, 102));
    }

    @Test
    void aRepeatNearTheStartRepeatsWhatThereIs() throws IOException {
        assertThat(run(FlawPlan.of(0, new Flaw.Repeat(9)), 2).lines)
                .containsExactly("100@0", "100@0", "101@1");
    }

    @Test
    void aLateTradeKeepsItsPlaceButNotItsTime() throws IOException {
        Flaw late = new Flaw.Late(Duration.ofHours(2));
        Recorder out = new Recorder();
        DumpFlaws flaws = feed(new DumpFlaws(FlawPlan.of(1, late), out), 3);
        assertThat(out.lines).containsExactly("100@0", "101@-7199999999", "102@2");
        assertThat(flaws.injected()).containsExactly(new InjectedFlaw(late, 2, 101, 101));
    }

    @Test
    void aMalformedLineStandsBetweenTheRows() throws IOException {
        Flaw malformed = new Flaw.Malformed("1,2,3");
        Recorder out = new Recorder();
        DumpFlaws flaws = feed(new DumpFlaws(FlawPlan.of(1, malformed), out), 2);
        assertThat(out.lines).containsExactly("100@0", "1,2,3", "101@1");
        assertThat(flaws.injected()).containsExactly(new InjectedFlaw(malformed, 2, 101, 101));
    }

    @Test
    void scatteredFlawsAreAllInjectedAndAccountForEveryLine() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            Recorder out = new Recorder();
            FlawPlan plan = FlawPlan.scattered(seed, 5_000, 7, 6, 5, 4);
            List<InjectedFlaw> injected = feed(new DumpFlaws(plan, out), 5_000).injected();
            assertThat(injected).hasSize(22);
            int missing = 0;
            int repeated = 0;
            for (InjectedFlaw flaw : injected) {
                if (flaw.flaw() instanceof Flaw.Gap gap) {
                    missing += gap.rows();
                } else if (flaw.flaw() instanceof Flaw.Repeat repeat) {
                    repeated += repeat.rows();
                    assertThat(out.lines.get((int) flaw.line() - 1))
                            .startsWith(flaw.firstId() + "@");
                } else if (flaw.flaw() instanceof Flaw.Malformed malformed) {
                    assertThat(out.lines.get((int) flaw.line() - 1)).isEqualTo(malformed.text());
                }
            }
            assertThat(out.lines).hasSize(5_000 - missing + repeated + 4);
        }
    }

    @Test
    void plansAreSeeded() {
        assertThat(FlawPlan.scattered(1, 1_000, 2, 2, 2, 2))
                .isEqualTo(FlawPlan.scattered(1, 1_000, 2, 2, 2, 2))
                .isNotEqualTo(FlawPlan.scattered(2, 1_000, 2, 2, 2, 2));
    }

    @Test
    void impossiblePlansAreRefused() {
        assertThatThrownBy(() -> FlawPlan.scattered(1, 799, 2, 2, 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Too few rows for the flaws: rows=799 flaws=8. At least 100 rows a flaw.");
        Map<Long, Flaw> inside = Map.of(5L, new Flaw.Gap(3), 7L, new Flaw.Gap(1));
        assertThatThrownBy(() -> new FlawPlan(new TreeMap<>(inside)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A flaw lies inside a gap: row=7 gapEnd=8");
        assertThatThrownBy(() -> new Flaw.Gap(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Recorder run(FlawPlan plan, int rows) throws IOException {
        Recorder out = new Recorder();
        feed(new DumpFlaws(plan, out), rows);
        return out;
    }

    private static DumpFlaws feed(DumpFlaws flaws, int rows) throws IOException {
        for (int i = 0; i < rows; i++) {
            flaws.trade(100 + i, 1, 1, i, i, i, false);
        }
        return flaws;
    }
}

package io.microstream.binance.replay.exchange.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.binance.replay.exchange.faults.Fault.Ending;
import io.microstream.binance.replay.exchange.faults.Fault.Garbling;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import io.microstream.binance.replay.exchange.faults.Fault.Scope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptTest {

    private static final long ROWS = 100_000;

    static Stream<Fault> everyKnobTurned() {
        List<Fault> faults =
                new ArrayList<>(
                        List.of(
                                new Fault.AckWithoutData("depth@100ms", 7),
                                new Fault.HalfOpen(9),
                                new Fault.Delay(Duration.ofMillis(1500), 12),
                                new Fault.Reorder(3),
                                new Fault.RepeatMessage(1000),
                                new Fault.RepeatTail(500),
                                new Fault.RepeatTailAfterDisconnect(Ending.POLICY, 41),
                                new Fault.Skip(50),
                                new Fault.Shutdown(Duration.ZERO),
                                new Fault.Shutdown(Duration.ofMinutes(10)),
                                new Fault.ClockOffset(Duration.ofNanos(-1_250_000), -20.5),
                                new Fault.ClockOffset(Duration.ofHours(4), 0.000001),
                                new Fault.Status("HALT"),
                                new Fault.TickSize(10_000_000),
                                new Fault.TickSize(1),
                                new Fault.IdReset()));
        Arrays.stream(Ending.values()).map(e -> new Fault.Disconnect(e, 3)).forEach(faults::add);
        Arrays.stream(Scope.values()).map(s -> new Fault.Stall(s, false, 2)).forEach(faults::add);
        Arrays.stream(Garbling.values()).map(Fault.Garble::new).forEach(faults::add);
        Arrays.stream(RestTrouble.values())
                .map(t -> new Fault.Rest(t, "aggTrades", 3, 17))
                .forEach(faults::add);
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("everyKnobTurned")
    void everyFaultIsReadAsItIsWritten(Fault fault) {
        String line = "at=1000 " + FaultScript.write(fault);
        assertThat(FaultScript.parse(line, "test").plan(1, ROWS))
                .containsExactly(new PlannedFault(1000, fault));
    }

    @Test
    void thereIsALineForEveryKindOfFault() {
        Set<Class<?>> turned = everyKnobTurned().map(Fault::getClass).collect(Collectors.toSet());
        assertThat(turned).containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
        String script =
                FaultScript.knobs().lines().map(l -> "1 " + l + "\n").collect(Collectors.joining());
        assertThat(FaultScript.parse(script, "knobs").plan(1, ROWS)).hasSize(turned.size());
    }

    @Test
    void whatIsNotSaidTakesItsFallback() {
        assertThat(FaultScript.write(planned("at=0 rest trouble=banned").get(0).fault()))
                .isEqualTo("rest trouble=banned path=* requests=1 amount=0");
        assertThat(planned("at=0 stall").get(0).fault())
                .isEqualTo(new Fault.Stall(Scope.STREAM, true, 0));
    }

    @Test
    void placesAreRowsOrShares() {
        assertThat(planned("at=12.5% id-reset\nat=7 id-reset\n1 at=0% id-reset # three"))
                .extracting(PlannedFault::row)
                .containsExactly(0L, 7L, 12_500L);
    }

    @Test
    void alternativesAreDealtEvenlyAndRangesDrawnWithin() {
        List<PlannedFault> plan = planned("60 disconnect ending=* lost=5..40 symbol=A|B");
        assertThat(counts(plan, fault -> ((Fault.Disconnect) fault.fault()).ending()))
                .hasSize(6)
                .allSatisfy((ending, count) -> assertThat(count).isEqualTo(10));
        assertThat(counts(plan, PlannedFault::symbol)).isEqualTo(Map.of("A", 30L, "B", 30L));
        assertThat(plan)
                .extracting(fault -> ((Fault.Disconnect) fault.fault()).lost())
                .allMatch(lost -> lost >= 5 && lost <= 40)
                .satisfies(lost -> assertThat(new HashSet<>(lost)).hasSizeGreaterThan(20));
        assertThat(planned("5 shutdown lead=1s..2s"))
                .extracting(fault -> ((Fault.Shutdown) fault.fault()).lead())
                .allMatch(lead -> lead.toMillis() >= 1000 && lead.toMillis() <= 2000)
                .doesNotHaveDuplicates();
    }

    @Test
    void equalSeedsPlanAlikeAndOthersDoNot() {
        List<PlannedFault> plan = FaultScript.DEFAULT.plan(7, ROWS);
        assertThat(FaultScript.DEFAULT.plan(7, ROWS)).isEqualTo(plan);
        assertThat(FaultScript.DEFAULT.plan(8, ROWS)).isNotEqualTo(plan);
        assertThat(FaultScript.DEFAULT.plan(7, ROWS + 1)).isNotEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1815cb722c62aac140e8d56f4f8ca4396d0b0ab9044d28162b8ff4f1830df7e2",
        "2, e2eb58f4b0ad059852a16e7e29712920e6f55e6b6e4b2daefe8f0644da3778a3",
        "3, c7550f251606e8d48719d994d34463c7a72eb08c41ad16b8b95149f353fa84dc"
    })
    void plansOfTheDefaultAreThoseOfEarlierReleases(long seed, String sha256) throws Exception {
        String plans =
                FaultScript.DEFAULT.plan(seed, ROWS, 1)
                        + "\n"
                        + FaultScript.DEFAULT.plan(seed, ROWS, 2);
        assertThat(sha256(plans)).isEqualTo(sha256);
    }

    @Test
    void plansOfAScriptAreThoseOfEarlierReleases() throws Exception {
        FaultScript script =
                FaultScript.parse(
                        """
                        at=1200 stall scope=stream lost=30
                        32 disconnect ending=* from=8%
                        32 skip rows=1..20 from=8%
                        8 stall scope=connection|stream_type pings=true|false lost=0..50 symbol=A|B
                        2 ack-without-data
                        3 delay
                        11 garble how=*
                        3 shutdown lead=0s..10s
                        5 rest trouble=* amount=1..3 to=50%
                        """,
                        "test");
        assertThat(sha256(script.plan(1, 10 * ROWS, 2).toString()))
                .isEqualTo("ceb398ed97ccecd05c8721723fe670740718fd8ff4427f8855138fb35f51e6f0");
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    @Test
    void theDefaultIsFiftyFaults() {
        List<PlannedFault> plan = FaultScript.DEFAULT.plan(1, ROWS);
        assertThat(FaultScript.DEFAULT.faults()).isEqualTo(50);
        assertThat(counts(plan, fault -> fault.fault().getClass()))
                .isEqualTo(
                        Map.of(
                                Fault.Disconnect.class, 20L,
                                Fault.Stall.class, 10L,
                                Fault.Skip.class, 10L,
                                Fault.RepeatTail.class, 6L,
                                Fault.RepeatTailAfterDisconnect.class, 4L));
        assertThat(plan)
                .filteredOn(fault -> fault.fault() instanceof Fault.Disconnect)
                .extracting(fault -> ((Fault.Disconnect) fault.fault()).ending())
                .contains(Ending.values());
    }

    @ParameterizedTest
    @ValueSource(longs = {30_000, 50_000, 200_000, 3_000_000_000L})
    void oneFaultHasEndedBeforeTheNextBegins(long rows) {
        long margin = Math.max(200, rows / 100);
        for (int seed = 0; seed < 200; seed++) {
            long free = margin;
            for (PlannedFault planned : FaultScript.DEFAULT.plan(seed, rows)) {
                assertThat(planned.row()).isGreaterThanOrEqualTo(free);
                free = planned.row() + lost(planned.fault()) + 20;
            }
            assertThat(free).isLessThanOrEqualTo(rows - margin);
        }
    }

    @Test
    void aStreamsFaultLastsLongerWhereSymbolsShareTheRows() {
        FaultScript script = FaultScript.parse("20 skip rows=100", "test");
        for (int seed = 0; seed < 200; seed++) {
            long free = 0;
            for (PlannedFault planned : script.plan(seed, ROWS, 10)) {
                assertThat(planned.row()).isGreaterThanOrEqualTo(free);
                free = planned.row() + 100 * 10;
            }
        }
    }

    @Test
    void scatteredFaultsKeepToTheirWindowAndMakeWayForFixedOnes() {
        FaultScript script =
                FaultScript.parse(
                        """
                        at=15% half-open lost=3000
                        9 skip rows=10 from=10% to=20%
                        3 reorder from=90000   # to the end
                        """,
                        "test");
        for (int seed = 0; seed < 200; seed++) {
            for (PlannedFault planned : script.plan(seed, ROWS)) {
                if (planned.fault() instanceof Fault.Skip) {
                    assertThat(planned.row()).isBetween(10_000L, 19_999L);
                    assertThat(planned.row() < 15_000 - 10 || planned.row() >= 18_000).isTrue();
                } else if (planned.fault() instanceof Fault.Reorder) {
                    assertThat(planned.row()).isBetween(90_000L, 98_999L);
                } else {
                    assertThat(planned.row()).isEqualTo(15_000);
                }
            }
        }
    }

    @Test
    void everyFreePlaceIsUsedAboutEquallyOften() {
        FaultScript script =
                FaultScript.parse("1 id-reset from=20% to=80%\nat=50% skip rows=80", "t");
        int[] tenths = new int[10];
        for (int seed = 0; seed < 6000; seed++) {
            long row =
                    script.plan(seed, 10_000).stream()
                            .filter(planned -> planned.fault() instanceof Fault.IdReset)
                            .findFirst()
                            .orElseThrow()
                            .row();
            tenths[(int) (row / 1000)]++;
        }
        assertThat(tenths).endsWith(0, 0).startsWith(0, 0);
        assertThat(Arrays.copyOfRange(tenths, 2, 8)).matches(t -> Arrays.stream(t).sum() == 6000);
        assertThat(tenths[2]).isBetween(1000, 1600);
        assertThat(tenths[7]).isBetween(1000, 1600);
    }

    @Test
    void tooManyFaultsAreRefused() {
        assertThatThrownBy(() -> FaultScript.DEFAULT.plan(1, 6_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "Too few rows for the faults: source=default line=\\d rows=6000 faults=50: no \\d+"
                                + " rows in a row are free in \\[200, 5800\\)\\. Fewer or shorter faults, a"
                                + " wider window, or more rows\\.");
        assertThatThrownBy(() -> planned("at=100000 skip"))
                .hasMessageContaining("its fault lies at row 100000");
        assertThatThrownBy(() -> planned("1 skip from=50% to=50%"))
                .hasMessageContaining("in [50000, 50000)");
    }

    @Test
    void everyBadLineIsReportedInOneMessage() {
        String script =
                """
                # fine
                20 disconect
                10 skip rows=0
                skip rows=5
                at=130% skip
                5 skip rows=50..1 lost=3 how=huge

                2 at=3 shutdown lead=5 from=1
                1 garble how=odd
                1 tick-size tick=-1
                1 skip rows=2 rows=3
                0 skip
                1 clock-offset driftPpm=0.0000001
                1
                """;
        assertThatThrownBy(() -> FaultScript.parse(script, "f.txt"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("\n")
                .startsWith(
                        "Fault script not understood: source=f.txt line 2: 'disconect' is no fault,"
                                + " allowed: disconnect|stall|ack-without-data|")
                .contains(
                        "; line 3: rows=0 is not possible, allowed: a whole number, as 12, above"
                                + " zero, a range FROM..TO, or alternatives A|B; line 4: no number of"
                                + " faults and no place, allowed: 20 KIND … or at=30% KIND …; line 5:"
                                + " at=130% is no place, allowed: a row, as 1000, or a share of all, as"
                                + " 30%; line 6: rows=50..1 is not possible,")
                .contains("how=… is not known here, allowed: rows|symbol|at|from|to")
                .contains(
                        "line 8: 2 is no number of faults, allowed: 1 to 1 with at=…, at=… excludes")
                .contains("lead=5 is not possible, allowed: a time with its unit, as 250us,")
                .contains("line 9: how=odd is not possible, allowed: truncated|corrupt|")
                .contains(
                        "line 10: tick=-1 is not possible, allowed: a decimal of at most 8 places")
                .contains("line 11: rows is given twice")
                .contains("line 12: 0 is no number of faults, allowed: 1 to 1000000")
                .contains("line 13: driftPpm=0.0000001 is not possible")
                .contains("line 14: no kind of fault, allowed: disconnect|");
    }

    private static List<PlannedFault> planned(String script) {
        return FaultScript.parse(script, "test").plan(1, ROWS);
    }

    private static <K> Map<K, Long> counts(List<PlannedFault> plan, Function<PlannedFault, K> of) {
        return plan.stream().collect(Collectors.groupingBy(of, Collectors.counting()));
    }

    private static long lost(Fault fault) {
        if (fault instanceof Fault.Disconnect disconnect) {
            return disconnect.lost();
        }
        if (fault instanceof Fault.Stall stall) {
            return stall.lost();
        }
        return fault instanceof Fault.Skip skip ? skip.rows() : 0;
    }
}

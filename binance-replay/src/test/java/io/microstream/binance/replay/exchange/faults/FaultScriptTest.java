package io.microstream.binance.replay.exchange.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import io.microstream.binance.replay.exchange.faults.Fault.Ending;
import io.microstream.binance.replay.exchange.faults.Fault.Garbling;
import io.microstream.binance.replay.exchange.faults.Fault.RestTrouble;
import io.microstream.binance.replay.exchange.faults.Fault.Scope;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptTest {

    private static final long ROWS = 100_000;

    static Stream<Arguments> everySettingSaid() {
        List<Arguments> cases =
                new ArrayList<>(
                        List.of(
                                arguments(
                                        "ack-without-data, streamType: depth@100ms, lost: 7",
                                        new Fault.AckWithoutData("depth@100ms", 7)),
                                arguments("half-open, lost: 9", new Fault.HalfOpen(9)),
                                arguments(
                                        "delay, delay: 1500ms, rows: 12",
                                        new Fault.Delay(Duration.ofMillis(1500), 12)),
                                arguments(
                                        "delay, delay: 1.5s, rows: 12",
                                        new Fault.Delay(Duration.ofMillis(1500), 12)),
                                arguments("reorder, rows: 3", new Fault.Reorder(3)),
                                arguments(
                                        "repeat-message, times: 1000",
                                        new Fault.RepeatMessage(1000)),
                                arguments("repeat-tail, rows: 500", new Fault.RepeatTail(500)),
                                arguments(
                                        "repeat-tail-after-disconnect, ending: policy, rows: 41",
                                        new Fault.RepeatTailAfterDisconnect(Ending.POLICY, 41)),
                                arguments("skip, rows: 50", new Fault.Skip(50)),
                                arguments("shutdown, lead: 0s", new Fault.Shutdown(Duration.ZERO)),
                                arguments(
                                        "shutdown, lead: 10m",
                                        new Fault.Shutdown(Duration.ofMinutes(10))),
                                arguments(
                                        "clock-offset, offset: -1250us, driftPpm: -20.5",
                                        new Fault.ClockOffset(Duration.ofNanos(-1_250_000), -20.5)),
                                arguments(
                                        "clock-offset, offset: 4h, driftPpm: 0.000001",
                                        new Fault.ClockOffset(Duration.ofHours(4), 0.000001)),
                                arguments("status, status: HALT", new Fault.Status("HALT")),
                                arguments(
                                        "tick-size, tick: 0.1",
                                        new Fault.TickSize(new BigDecimal("0.1"))),
                                arguments(
                                        "tick-size, tick: 0.00000001",
                                        new Fault.TickSize(new BigDecimal("0.00000001"))),
                                arguments(
                                        "tick-size, tick: 2",
                                        new Fault.TickSize(new BigDecimal("2"))),
                                arguments("id-reset", new Fault.IdReset())));
        for (Ending ending : Ending.values()) {
            cases.add(
                    arguments(
                            "disconnect, lost: 3, ending: " + word(ending),
                            new Fault.Disconnect(ending, 3)));
        }
        for (Scope scope : Scope.values()) {
            cases.add(
                    arguments(
                            "stall, pings: false, lost: 2, scope: " + word(scope),
                            new Fault.Stall(scope, false, 2)));
        }
        for (Garbling how : Garbling.values()) {
            cases.add(arguments("garble, how: " + word(how), new Fault.Garble(how)));
        }
        for (RestTrouble trouble : RestTrouble.values()) {
            cases.add(
                    arguments(
                            "rest, path: aggTrades, requests: 3, amount: 17, trouble: "
                                    + word(trouble),
                            new Fault.Rest(trouble, "aggTrades", 3, 17)));
        }
        return cases.stream();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("everySettingSaid")
    void everySettingOfEveryFaultIsBound(String said, Fault fault) {
        assertThat(planned("- {at: 1000, fault: " + said + "}"))
                .containsExactly(new PlannedFault(1000, fault));
    }

    @Test
    void everyKindOfFaultHasItsSettingsAndTheirDefaultsListed() {
        Map<String, List<String>> listed = new LinkedHashMap<>();
        FaultYaml.DEFAULTS.forEach(
                (kind, defaults) -> {
                    List<String> names = new ArrayList<>();
                    defaults.fieldNames().forEachRemaining(names::add);
                    listed.put(kind, names);
                });
        Map<String, List<String>> declared = new LinkedHashMap<>();
        for (Class<?> type : Fault.class.getPermittedSubclasses()) {
            declared.put(
                    KebabCaseStrategy.INSTANCE.translate(type.getSimpleName()),
                    Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
        }
        assertThat(listed).isEqualTo(declared);
        assertThat(FaultYaml.DEFAULTS.get("disconnect").get("ending"))
                .hasSize(Ending.values().length);
        assertThat(FaultYaml.DEFAULTS.get("garble").get("how")).hasSize(Garbling.values().length);
        assertThat(FaultYaml.DEFAULTS.get("rest").get("trouble"))
                .hasSize(RestTrouble.values().length);
    }

    @Test
    void aScriptMayBeJson() {
        assertThat(planned("[{\"fault\": \"skip\", \"at\": \"50%\", \"rows\": 5}]"))
                .containsExactly(new PlannedFault(ROWS / 2, new Fault.Skip(5)));
    }

    @Test
    void aSettingLeftOutTakesItsDefault() {
        assertThat(planned("- {fault: rest, at: 0, trouble: banned}").get(0).fault())
                .isEqualTo(new Fault.Rest(RestTrouble.BANNED, "*", 1, 0));
        assertThat(planned("- {fault: stall, at: 0}").get(0).fault())
                .isEqualTo(new Fault.Stall(Scope.STREAM, true, 0));
    }

    @Test
    void placesAreRowsOrShares() {
        assertThat(
                        planned(
                                """
                                - {fault: id-reset, at: 12.5%}
                                - fault: id-reset # three
                                  at: 7
                                - {fault: id-reset, at: 0%, count: 1}
                                """))
                .extracting(PlannedFault::row)
                .containsExactly(0L, 7L, 12_500L);
    }

    @Test
    void alternativesAreDealtEvenlyAndRangesDrawnWithin() {
        List<PlannedFault> plan =
                planned("- {fault: disconnect, count: 60, lost: 5..40, symbol: [A, B]}");
        assertThat(counts(plan, fault -> ((Fault.Disconnect) fault.fault()).ending()))
                .hasSize(6)
                .allSatisfy((ending, count) -> assertThat(count).isEqualTo(10));
        assertThat(counts(plan, PlannedFault::symbol)).isEqualTo(Map.of("A", 30L, "B", 30L));
        assertThat(plan)
                .extracting(fault -> ((Fault.Disconnect) fault.fault()).lost())
                .allMatch(lost -> lost >= 5 && lost <= 40)
                .satisfies(lost -> assertThat(new HashSet<>(lost)).hasSizeGreaterThan(20));
        assertThat(planned("- {fault: shutdown, count: 5, lead: 1s..2s}"))
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
                        - {fault: stall, at: 1200, scope: stream, lost: 30}
                        - {fault: disconnect, count: 32, from: 8%}
                        - {fault: skip, count: 32, rows: 1..20, from: 8%}
                        - {fault: stall, count: 8, scope: [connection, stream_type], pings: [true, false], lost: 0..50, symbol: [A, B]}
                        - {fault: ack-without-data, count: 2}
                        - {fault: delay, count: 3}
                        - {fault: garble, count: 11}
                        - {fault: shutdown, count: 3, lead: 0s..10s}
                        - {fault: rest, count: 5, amount: 1..3, to: 50%}
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
        FaultScript script = FaultScript.parse("- {fault: skip, count: 20, rows: 100}", "test");
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
                        - {fault: half-open, at: 15%, lost: 3000}
                        - {fault: skip, count: 9, rows: 10, from: 10%, to: 20%}
                        - {fault: reorder, count: 3, from: 90000}   # to the end
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
                FaultScript.parse(
                        "- {fault: id-reset, count: 1, from: 20%, to: 80%}\n- {fault: skip, at: 50%, rows: 80}",
                        "t");
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
                        "Too few rows for the faults: source=default entry=\\d rows=6000 faults=50: no \\d+"
                                + " rows in a row are free in \\[200, 5800\\)\\. Fewer or shorter faults, a"
                                + " wider window, or more rows\\.");
        assertThatThrownBy(() -> planned("- {fault: skip, at: 100000}"))
                .hasMessageContaining("its fault lies at row 100000");
        assertThatThrownBy(() -> planned("- {fault: skip, count: 1, from: 50%, to: 50%}"))
                .hasMessageContaining("in [50000, 50000)");
    }

    @Test
    void everyBadEntryIsReportedInOneMessage() {
        String script =
                """
                # fine
                - {fault: disconect, count: 20}
                - {fault: skip, count: 10, rows: 0}
                - {fault: skip, rows: 5}
                - {fault: skip, at: 130%}
                - {fault: skip, count: 5, rows: 50..1, lost: 3, how: huge}

                - {fault: shutdown, count: 2, at: 3, lead: 5, from: 1}
                - {fault: garble, count: 1, how: odd}
                - {fault: tick-size, count: 1, tick: -1}
                - {fault: clock-offset, count: 1, offset: 5parsec..9parsec}
                - {fault: skip, count: 0}
                - {fault: stall, count: 1, scope: 1, pings: maybe, lost: many}
                - {count: 1}
                - skip
                - {fault: rest, count: 1, requests: 1.5, path: \"\", trouble: []}
                - {fault: delay, count: 1, delay: 1s..5, rows: 99999999999}
                - {fault: shutdown, count: 1, lead: -1s}
                - {fault: skip, count: many}
                """;
        assertThatThrownBy(() -> FaultScript.parse(script, "f.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("\n")
                .startsWith(
                        "Fault script not understood: source=f.yaml line 2: fault=disconect is"
                                + " unknown, allowed: [disconnect, stall, ack-without-data, ")
                .contains(
                        "; line 3: rows=0 is not possible, allowed: a whole number above zero, a"
                                + " range FROM..TO, or a list of them; line 4: count=0 is not possible,"
                                + " allowed: 1 to 1000000, or a place at=30%; line 5: at: 130% is no place,"
                                + " allowed: a row, as 1000, or a share of all rows, as 30%; line 6: ")
                .contains("rows=\"50..1\" is not possible,")
                .contains("lost is unknown here, allowed: [rows]")
                .contains("how is unknown here, allowed: [rows]")
                .contains(
                        "; line 8: at excludes from and to, count=2 is not possible, allowed: 1 with"
                                + " at, lead=5 is not possible, allowed: a time (250us, 100ms, 5s,"
                                + " 10m, 4h) not below zero, a range")
                .contains("; line 9: how=\"odd\" is not possible, allowed: [truncated, corrupt, ")
                .contains(
                        "; line 10: tick=-1 is not possible, allowed: a decimal of at most 8 places"
                                + " above zero,")
                .contains("; line 11: offset=\"5parsec..9parsec\" is not possible, allowed: a time")
                .contains("; line 12: count=0 is not possible")
                .contains(
                        "scope=1 is not possible, allowed: [stream, stream_type, connection]",
                        "pings=\"maybe\" is not possible, allowed: true, false",
                        "lost=\"many\" is not possible, allowed: a whole number not below zero")
                .contains("; line 14: fault=null is unknown, allowed: [disconnect, ")
                .contains(
                        "; line 15: \"skip\" is no fault, as {fault: skip, count: 10, rows: 1..50}")
                .contains("requests=1.5 is not possible, allowed: a whole number")
                .contains("path=\"\" is not possible, allowed: a word")
                .contains("trouble=[] is not possible, allowed: [too_many_requests,")
                .contains("delay=\"1s..5\" is not possible, allowed: a time")
                .contains("rows=99999999999 is not possible, allowed: a whole number")
                .contains("; line 19: count: Cannot ")
                .contains("; line 18: lead=\"-1s\" is not possible");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20 disconnect ending=reset|line 1: a script is a list, as - {fault: skip, count: 10,",
                "{fault: skip, count: 1}|line 1: a script is a list",
                "- {fault: skip, count: 1, rows: 2, rows: 3}|line 1: Duplicate field 'rows'",
                "- {fault: skip, count: |line 1: while parsing a flow"
            })
    void textThatIsNoScriptIsRefusedInOneLine(String text, String why) {
        assertThatThrownBy(() -> FaultScript.parse(text, "f.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("Fault script not understood: source=f.yaml " + why)
                .doesNotContain("\n");
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

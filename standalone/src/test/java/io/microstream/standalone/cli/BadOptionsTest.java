package io.microstream.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every command refuses a bad value of every option before it does anything, with exit code 2. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadOptionsTest {

    private static final String ROW = "1,100.00000000,0.50000000,1,1,1767225600039409,True,True";

    private static final Map<Class<?>, List<String>> BAD =
            Map.of(
                    int.class, List.of("two", "1.5", "99999999999"),
                    Integer.class, List.of("web", "99999999999"),
                    long.class, List.of("seven", "1e9", "99999999999999999999"),
                    double.class, List.of("fast", "NaN"),
                    LocalDate.class, List.of("2026-02-30", "2026-13-01", "yesterday"),
                    Instant.class, List.of("2025-01-01", "now"),
                    URI.class, List.of("http://a b", "ftp://host", "host"));

    /** Values that only the command itself can refuse. */
    private static final Map<String, List<String>> REFUSED =
            Map.ofEntries(
                    Map.entry(
                            "--jdbc", List.of("x", "postgres://u:Zq!7pw@h/d", "jdbc:mysql://h/d")),
                    Map.entry("--parallelism", List.of("0", "-1", "129")),
                    Map.entry("--ui-port", List.of("65536", "-2")),
                    Map.entry("--page-port", List.of("65536", "-1")),
                    Map.entry("--symbols", List.of("A/B", "BTC USDT", "../X")),
                    Map.entry("--symbol", List.of("A/B", "BTC USDT", "../X")),
                    Map.entry("--for", List.of("soon", "0s", "-5m", "999999999999h")),
                    Map.entry("--since", List.of("ever", "-5m", "99999999999h")),
                    Map.entry("--provisional", List.of("often", "10ms", "90s")),
                    Map.entry("--speed", List.of("0", "-1", "fast")),
                    Map.entry("--days", List.of("0", "-5", "1000000")),
                    Map.entry("--start", List.of("1969-12-31", "9999-01-01")),
                    Map.entry("--trades-per-minute", List.of("0", "-5", "100000000")),
                    Map.entry("--from", List.of("2024-13", "soon")),
                    Map.entry("--to", List.of("2024-02-30", "24")),
                    Map.entry("--effective-from", List.of("1969-01-01T00:00:00Z")),
                    Map.entry("--at", List.of("noon", "2026-02-30T00:00:00Z")),
                    Map.entry("--minutes", List.of("0", "241")),
                    Map.entry("--seeds", List.of("0")),
                    Map.entry("--trees", List.of("0")),
                    Map.entry("--sample", List.of("0")),
                    Map.entry("--threads", List.of("0")),
                    Map.entry("--report", List.of("/proc/nope/r.json", "/proc/r.json", "/tmp")),
                    Map.entry("--json", List.of("/proc/nope/r.json", "/proc/r.json", "/tmp")),
                    Map.entry("--models", List.of("/proc/nope")),
                    Map.entry("--checkpoints", List.of("/proc/nope", "/proc")),
                    Map.entry("--taskmanagers", List.of("0", "65")),
                    Map.entry("--times", List.of("0", "1001")),
                    Map.entry("--case", List.of("earthquake")),
                    Map.entry("--slots", List.of("0", "129")),
                    Map.entry("--rest-port", List.of("0", "65536")),
                    Map.entry("--heap", List.of("1")),
                    Map.entry("--wait", List.of("soon", "0s")),
                    Map.entry("--jar", List.of("/proc/nope", "/tmp")),
                    Map.entry("--config", List.of("/proc/nope")),
                    Map.entry("--folder", List.of("/proc/nope/x")),
                    Map.entry("--out", List.of("/proc/nope/x", "/dev/null/x")));

    @TempDir private Path folder;

    @Test
    void everyBadValueIsRefusedInOneLineWithExitCodeTwo() throws Exception {
        Path trades = folder.resolve("BTCUSDT-aggTrades-2026-01-01.csv");
        Files.writeString(trades, ROW + "\n");
        Set<String> untried = new TreeSet<>(REFUSED.keySet());
        for (Map.Entry<String, CommandLine> command : commands().entrySet()) {
            for (OptionSpec option : command.getValue().getCommandSpec().options()) {
                untried.remove(option.longestName());
                for (String value : values(option)) {
                    refuse(command.getKey(), option, value, trades);
                }
            }
        }
        assertThat(untried).isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(trades);
        }
    }

    private static List<String> values(OptionSpec option) {
        List<String> values =
                new ArrayList<>(BAD.getOrDefault(option.auxiliaryTypes()[0], List.of()));
        values.addAll(REFUSED.getOrDefault(option.longestName(), List.of()));
        return values;
    }

    private void refuse(String command, OptionSpec option, String value, Path trades) {
        List<Object> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(needed(command, option.longestName(), trades));
        words.add(option.longestName() + "=" + value);
        Cli answer = Cli.run(words.toArray());
        assertThat(answer.exitCode()).as("%s: %s", words, answer.err()).isEqualTo(2);
        assertThat(answer.err().lines()).as("%s: %s", words, answer.err()).hasSize(1);
        assertThat(answer.err())
                .as("%s", words)
                .hasSizeLessThan(420)
                .contains(option.longestName().substring(2))
                .doesNotContain("Exception", "class java", "Zq!7pw");
        assertThat(answer.out()).as("%s", words).isEmpty();
    }

    /** Returns the other options that a command needs to come as far as the one that is tried. */
    private List<Object> needed(String command, String tried, Path trades) {
        List<Object> words = new ArrayList<>();
        switch (command) {
            case "replay" -> words.addAll(List.of("--agg-trades", trades));
            case "live" -> words.addAll(List.of("--symbols", "BTCUSDT"));
            case "train" -> words.addAll(List.of("--klines", trades));
            case "compare" -> words.addAll(List.of("--klines", trades));
            default -> {}
        }
        if (command.equals("replay") && tried.startsWith("--page-")) {
            words.add("--page");
        }
        if (Set.of("train", "case").contains(command) && !tried.equals("--symbol")) {
            words.addAll(List.of("--symbol", "BTCUSDT"));
        }
        if (Set.of("train", "synthesize").contains(command) && !tried.equals("--out")) {
            words.addAll(List.of("--out", folder.resolve("never-made")));
        }
        if (command.equals("case") && !tried.equals("--at")) {
            words.addAll(List.of("--at", "2026-01-05T00:17:00Z"));
        }
        if (Set.of("case", "compare", "serve", "fingerprint", "evaluate-anomalies")
                        .contains(command)
                && !tried.equals("--jdbc")) {
            words.addAll(List.of("--jdbc", "jdbc:postgresql://127.0.0.1:1/none?user=none"));
        }
        if (command.equals("restore") && !tried.equals("--from")) {
            words.addAll(List.of("--from", "file:///none"));
        }
        if (command.equals("replay") && !tried.equals("--report")) {
            words.addAll(List.of("--report", folder.resolve("never-made.json")));
        }
        words.removeIf(word -> word.equals(tried));
        if (command.equals("live") && tried.equals("--symbols")) {
            words.clear();
        }
        return words;
    }

    @Test
    void misplacedArgumentsDoNotShowTheirPassword() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            String password = "Zq" + random.nextInt(1_000_000) + "!%&=+#?/:@".charAt(i % 10) + "w";
            for (String url :
                    List.of(
                            "jdbc:postgresql://h:1/d?user=u&password=" + password,
                            "postgres://u:" + password + "@h:1/d")) {
                for (List<String> words :
                        List.of(
                                List.of("fingerprint", url),
                                List.of("fingerprint", "--jbdc=" + url),
                                List.of("fingerprint", "--jdbc", "postgres:" + url),
                                List.of("serve", "--jdbc=x", "--page-port", url),
                                List.of("live", "--symbols", url),
                                List.of("replay", "--agg-trades", url),
                                List.of("demo", "--speed", url),
                                List.of(url))) {
                    Cli answer = Cli.run(words.toArray());
                    assertThat(answer.exitCode()).isPositive();
                    assertThat(answer.err() + answer.out())
                            .as("seed=%d %s", seed, words)
                            .doesNotContain(password);
                }
            }
        }
    }

    @Test
    void everyOptionNamedInATextExists() throws Exception {
        Set<String> known = new TreeSet<>(Set.of("--help", "--version"));
        commands()
                .values()
                .forEach(
                        command ->
                                command.getCommandSpec()
                                        .options()
                                        .forEach(option -> known.addAll(List.of(option.names()))));
        Pattern option = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
        for (String module :
                List.of(
                        "standalone",
                        "model-training",
                        "flink-job",
                        "binance-source",
                        "live-api")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file : files.filter(BadOptionsTest::isOfTheCommands).toList()) {
                    for (String line : Files.readAllLines(file)) {
                        Matcher named = option.matcher(text(line));
                        while (named.find()) {
                            assertThat(known).as("%s: %s", file, line).contains(named.group());
                        }
                    }
                }
            }
        }
    }

    /** The job as a program of its own has settings {@code --key=value} instead of options. */
    private static boolean isOfTheCommands(Path file) {
        return file.toString().endsWith(".java")
                && !file.toString().matches(".*/job/(config|main)/.*");
    }

    /** Returns the literals of a line, without SQL comments. */
    private static String text(String line) {
        Matcher literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
        StringBuilder text = new StringBuilder();
        while (literal.find()) {
            text.append(literal.group(1)).append('\n');
        }
        return text.toString();
    }

    /** Returns all commands by the words that begin them. */
    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new TreeMap<>();
        Microstream.commandLine()
                .getSubcommands()
                .forEach(
                        (name, command) -> {
                            commands.put(name, command);
                            command.getSubcommands()
                                    .forEach((part, each) -> commands.put(name + " " + part, each));
                        });
        return commands;
    }
}

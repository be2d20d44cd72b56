package io.microstream.live.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseChartTest {

    /** Draws in a process of its own, with what that has of Java. */
    static final class Draw {
        public static void main(String[] args) {
            CaseWindow window = new CaseWindow("BTCUSDT", CaseMarket.START_MS, 1);
            Map<String, CaseRows.TableRows> tables = new LinkedHashMap<>();
            for (Table table : CaseTables.IN_WINDOW) {
                tables.put(table.name(), new CaseRows.TableRows(table, rows(table)));
            }
            CaseChart chart = CaseChart.draw(new CaseRows(window, null, tables), "unchecked");
            System.out.println(chart.png() == null ? chart.reason() : "drawn");
        }

        private static List<Row> rows(Table table) {
            if (table != Table.BARS) {
                return List.of();
            }
            List<Object> values = new ArrayList<>();
            for (var column : table.columns()) {
                values.add(column.name().equals("open_time") ? CaseMarket.minute(0) : "1");
            }
            return List.of(new Row(table, values));
        }
    }

    private static String draw(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Draw.class.getName());
        Process running =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void drawsWithoutAScreen() throws Exception {
        assertThat(draw()).isEqualTo("drawn");
    }

    @Test
    void givesAReasonInOneLineWithoutAwt() throws Exception {
        String said = draw("--limit-modules", "java.base,java.sql,java.logging,java.naming");
        assertThat(said.lines()).hasSize(1);
        assertThat(said)
                .startsWith("this Java cannot draw: cause=")
                .contains("java/awt/")
                .endsWith("Install fonts (fontconfig, DejaVu) and a Java with AWT");
    }
}

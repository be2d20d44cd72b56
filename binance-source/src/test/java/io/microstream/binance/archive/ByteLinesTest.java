package io.microstream.binance.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteLinesTest {

    @TempDir Path folder;

    @Test
    void randomTextSplitsAsStringLinesDo() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20; round++) {
            StringBuilder text = new StringBuilder();
            int longest = 1 << (2 * (round % 10));
            for (int i = 0; i < 400_000 / longest + 3; i++) {
                text.append("x".repeat(random.nextInt(longest))).append("y");
                text.append(random.nextInt(3) == 0 ? "\r\n" : "\n");
            }
            text.append(round % 2 == 0 ? "end" : "");
            assertThat(linesOf(text.toString().getBytes(ISO_8859_1)))
                    .isEqualTo(text.toString().lines().toList());
        }
    }

    @Test
    void byteOrderMarkIsPassedOver() {
        byte[] marked = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '1', '\n'};
        assertThat(linesOf(marked)).containsExactly("1");
        assertThat(linesOf(new byte[0])).isEmpty();
        assertThat(linesOf(new byte[] {'\n', '\n'})).containsExactly("", "");
    }

    @Test
    void endlessLineIsCutAndTheNextLinesAreRead() {
        byte[] bytes = new byte[2 * ByteLines.MAX_LINE + 100];
        Arrays.fill(bytes, (byte) 'z');
        bytes[1] = '\n';
        bytes[bytes.length - 3] = '\n';
        Path file = new DumpFiles(folder).bytes("long.txt", bytes);
        List<String> seen = new ArrayList<>();
        try (ByteLines lines = ByteLines.open(file)) {
            while (lines.next()) {
                seen.add(
                        lines.line
                                + (lines.tooLong ? " too long " : " ")
                                + (char) lines.bytes[lines.from]);
            }
            assertThat(lines.bytes.length).isLessThanOrEqualTo(ByteLines.MAX_LINE);
        }
        assertThat(seen).containsExactly("1 z", "2 too long z", "3 z");
    }

    private List<String> linesOf(byte[] content) {
        List<String> found = new ArrayList<>();
        try (ByteLines lines = ByteLines.open(new DumpFiles(folder).bytes("lines.txt", content))) {
            while (lines.next()) {
                found.add(new String(lines.bytes, lines.from, lines.to - lines.from, ISO_8859_1));
                assertThat(lines.line).isEqualTo(found.size());
            }
        }
        return found;
    }
}

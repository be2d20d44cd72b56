package io.microstream.live.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamCursorTest {

    private static final DatabaseIdentity DATABASE =
            new DatabaseIdentity(7_555_555_555_555_555_555L, 16_384, 1, 1_767_571_200_123_456L);

    @Test
    void seesWhatAPgSnapshotSees() {
        StreamCursor cursor = StreamCursor.of(DATABASE, "100:105:100,103");
        assertThat(List.of(99L, 100L, 101L, 102L, 103L, 104L, 105L, 200L))
                .map(cursor::sees)
                .containsExactly(true, false, true, true, false, true, false, false);
        assertThat(StreamCursor.of(DATABASE, "7:7:").sees(6)).isTrue();
        assertThat(StreamCursor.of(DATABASE, "7:7:").sees(7)).isFalse();
    }

    @Test
    void textGivesTheSameCursorBack() {
        for (String snapshot :
                List.of(
                        "7:7:",
                        "100:105:100,103",
                        "9000000000000000:9000000000000001:9000000000000000")) {
            StreamCursor cursor = StreamCursor.of(DATABASE, snapshot);
            assertThat(cursor.text()).matches("[A-Za-z0-9_-]{40,160}");
            assertThat(StreamCursor.parse(cursor.text())).isEqualTo(cursor);
        }
    }

    @Test
    void anyOtherTextIsRefused() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            String text =
                    i % 2 == 0
                            ? Base64.getUrlEncoder().encodeToString(bytes)
                            : new String(bytes, StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> StreamCursor.parse(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> StreamCursor.parse("A".repeat(StreamCursor.MAX_LENGTH + 1)))
                .hasMessage("not a cursor of this server");
    }

    @Test
    void impossibleRunningTransactionsAreRefused() {
        for (List<Long> running : List.of(List.of(-5L), List.of(100L), List.of(99L, 101L))) {
            String forged = new StreamCursor(DATABASE, 100, running).text();
            assertThatThrownBy(() -> StreamCursor.parse(forged))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        String own = new StreamCursor(DATABASE, 100, List.of(3L, 99L)).text();
        assertThat(StreamCursor.parse(own).running()).containsExactly(3L, 99L);
    }

    @Test
    void rewoundOneHasNotSeenTheNewest() {
        StreamCursor rewound = StreamCursor.of(DATABASE, "100:105:100,103").rewound(3);
        assertThat(rewound).isEqualTo(new StreamCursor(DATABASE, 102, List.of(100L)));
        assertThat(StreamCursor.of(DATABASE, "7:7:").rewound(10).xmax()).isZero();
    }

    @Test
    void seenByAllIsWhatEachOfThemSees() {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            List<StreamCursor> cursors =
                    random.ints(1 + random.nextInt(4), 10, 30)
                            .mapToObj(
                                    xmax ->
                                            new StreamCursor(
                                                    DATABASE,
                                                    xmax,
                                                    random.longs(3, 5, 10)
                                                            .sorted()
                                                            .boxed()
                                                            .toList()))
                            .toList();
            StreamCursor all = StreamCursor.seenByAll(cursors);
            for (long t = 0; t < 40; t++) {
                long transaction = t;
                assertThat(all.sees(t))
                        .isEqualTo(cursors.stream().allMatch(c -> c.sees(transaction)));
            }
        }
    }
}

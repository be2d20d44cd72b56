package io.microstream.job.sinks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.tables.TableSpec;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.Test;

/** The writer's waiting under a clock that only its pauses move: nothing here sleeps. */
class UpsertWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SQLException AWAY = new SQLException("connection refused", "08001");
    private static final SQLException REFUSED = new SQLException("check constraint", "23514");

    private static final TableSpec<String> TABLE =
            TableSpec.<String>named("words").text("word", word -> word).key().orderedBy("word");

    private final PausesOnly waiting = new PausesOnly();
    private final Outages target = new Outages();
    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final UpsertWriter<String> writer =
            new UpsertWriter<>(
                    new UpsertSink<>(
                            new Database("jdbc:postgresql://host/db", null, null, PATIENCE),
                            TABLE,
                            Writing.PLAIN),
                    target,
                    time,
                    waiting);

    /** A clock that stands still but for the pauses. */
    private static final class PausesOnly implements Waiting {

        private final List<Long> pausesMs = new ArrayList<>();
        private boolean isCancelled;

        @Override
        public long nanoTime() {
            return pausesMs.stream().mapToLong(Long::longValue).sum() * 1_000_000;
        }

        @Override
        public void await(Duration pause) throws InterruptedException {
            if (isCancelled) {
                throw new InterruptedException("cancelled");
            }
            pausesMs.add(pause.toMillis());
        }
    }

    /** A target that throws the failures it holds, one a write; with {@code always} at each. */
    private static final class Outages implements UpsertTarget {

        private final Deque<SQLException> failures = new ArrayDeque<>();
        private final List<String> written = new ArrayList<>();
        private SQLException always;
        private boolean isLost;
        private int attempts;
        private int disconnects;

        @Override
        public void write(List<Object[]> rows) throws SQLException {
            attempts++;
            if (always != null) {
                throw always;
            }
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            rows.forEach(row -> written.add((String) row[0]));
        }

        @Override
        public boolean isConnectionLost() {
            return isLost;
        }

        @Override
        public void disconnect() {
            disconnects++;
        }
    }

    @Test
    void anOutageThatEndsIsWrittenOnceMoreAndWhole() throws Exception {
        target.failures.addAll(List.of(AWAY, AWAY, AWAY));
        writer.write("a", null);
        writer.write("b", null);
        writer.flush(false);
        assertThat(target.written).containsExactly("a", "b");
        assertThat(target.attempts).isEqualTo(4);
        assertThat(target.disconnects).isEqualTo(3);
        writer.flush(false);
        assertThat(target.attempts).isEqualTo(4);
    }

    @Test
    void pausesGrowUpToTheLongestUntilPatienceEnds() throws Exception {
        target.always = AWAY;
        writer.write("a", null);
        assertThatThrownBy(() -> writer.flush(false))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Rows not written: database=jdbc:postgresql://host/db table=words rows=1"
                                + " waited=PT21.3S cause=connection refused")
                .hasCause(AWAY);
        assertThat(waiting.pausesMs)
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
        assertThat(target.written).isEmpty();
    }

    @Test
    void theNextOutageBeginsWithTheShortestPause() throws Exception {
        target.failures.addAll(List.of(AWAY, AWAY));
        writer.write("a", null);
        writer.flush(false);
        target.failures.add(AWAY);
        writer.write("b", null);
        writer.flush(false);
        assertThat(waiting.pausesMs).containsExactly(100L, 200L, 100L);
    }

    @Test
    void whatNoWaitingMendsFailsAtOnce() throws Exception {
        target.always = REFUSED;
        writer.write("a", null);
        assertThatThrownBy(() -> writer.flush(false)).hasMessageContaining("waited=PT0S");
        assertThat(waiting.pausesMs).isEmpty();
    }

    @Test
    void anyErrorOnALostConnectionIsAnOutage() throws Exception {
        target.isLost = true;
        target.failures.add(REFUSED);
        writer.write("a", null);
        writer.flush(false);
        assertThat(target.written).containsExactly("a");
        assertThat(waiting.pausesMs).containsExactly(100L);
    }

    @Test
    void aCancelledTaskStopsWaiting() throws Exception {
        target.always = AWAY;
        waiting.isCancelled = true;
        writer.write("a", null);
        assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(InterruptedException.class);
        writer.close();
        assertThat(target.written).isEmpty();
    }

    @Test
    void aRowWaitsForOthersAsLongAsWritingSays() throws Exception {
        time.setCurrentTime(1_000);
        writer.write("a", null);
        time.setCurrentTime(1_000 + Writing.PLAIN.longestWait().toMillis() - 1);
        assertThat(target.written).isEmpty();
        time.setCurrentTime(1_000 + Writing.PLAIN.longestWait().toMillis());
        assertThat(target.written).containsExactly("a");
    }
}

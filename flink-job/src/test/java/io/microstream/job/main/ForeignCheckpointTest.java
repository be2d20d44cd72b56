package io.microstream.job.main;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignCheckpointTest {

    @TempDir private Path folder;

    @Test
    void checkpointOfTheSameJobIsAccepted() throws Exception {
        Path checkpoint = checkpoint(state("doubling", "doubling", true));
        assertThatCode(() -> ForeignCheckpoint.refuse(job(), checkpoint))
                .doesNotThrowAnyException();
    }

    @Test
    void operatorsWithoutStateDoNotMatter() throws Exception {
        Path checkpoint = checkpoint(state("orders", "orders", false));
        assertThatCode(() -> ForeignCheckpoint.refuse(job(), checkpoint))
                .doesNotThrowAnyException();
    }

    @Test
    void checkpointOfAnotherJobIsRefusedInOneLine() throws Exception {
        Path checkpoint =
                checkpoint(
                        state("doubling", "doubling", true),
                        state("orders", "orders", true),
                        state("invoices", "Invoices", true));
        assertThatThrownBy(() -> ForeignCheckpoint.refuse(job(), checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Checkpoint of another job: checkpoint=%s, its operators [invoices, orders] are not in this job. Give the checkpoints of this job, or start without them"
                                .formatted(checkpoint));
    }

    @Test
    void tornCheckpointIsRefusedInOneLine() throws Exception {
        Files.writeString(folder.resolve("_metadata"), "half of it");
        assertThatThrownBy(() -> ForeignCheckpoint.refuse(job(), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Checkpoint not readable: checkpoint=" + folder);
    }

    private static StreamGraph job() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromData(1, 2)
                .uid("numbers")
                .map(number -> 2 * number)
                .returns(Integer.class)
                .uid("doubling")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        return env.getStreamGraph();
    }

    private static OperatorState state(String uid, String name, boolean filled) {
        OperatorState state = new OperatorState(name, uid, id(uid), 1, 128);
        if (filled) {
            state.setCoordinatorState(new ByteStreamStateHandle("state", new byte[] {1}));
        }
        return state;
    }

    /** Returns the id that Flink derives from a uid. */
    private static OperatorID id(String uid) {
        return new OperatorID(
                org.apache.flink.shaded.guava33.com.google.common.hash.Hashing.murmur3_128(0)
                        .hashString(uid, StandardCharsets.UTF_8)
                        .asBytes());
    }

    private Path checkpoint(OperatorState... states) throws Exception {
        try (OutputStream out = Files.newOutputStream(folder.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(1, new ArrayList<>(List.of(states)), List.of()), out);
        }
        return folder;
    }
}

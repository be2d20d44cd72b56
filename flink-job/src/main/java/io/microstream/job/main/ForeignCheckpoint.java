package io.microstream.job.main;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Refuses checkpoints and savepoints that another job has written. */
public final class ForeignCheckpoint {

    private static final String METADATA = "_metadata";

    private ForeignCheckpoint() {}

    /**
     * Does nothing if every operator with state in a checkpoint is an operator of the job.
     *
     * @param job the job that is to be restored
     * @param checkpoint the folder of a checkpoint or savepoint
     * @throws IllegalArgumentException if the checkpoint cannot be read or belongs to another job
     */
    public static void refuse(StreamGraph job, Path checkpoint) {
        Set<OperatorID> known = operators(job);
        List<String> unknown =
                metadata(checkpoint).getOperatorStates().stream()
                        .filter(ForeignCheckpoint::hasState)
                        .filter(state -> !known.contains(state.getOperatorID()))
                        .map(ForeignCheckpoint::name)
                        .sorted()
                        .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Checkpoint of another job: checkpoint=%s, its operators %s are not in this job. Give the checkpoints of this job, or start without them",
                            checkpoint,
                            unknown));
        }
    }

    private static Set<OperatorID> operators(StreamGraph job) {
        Set<OperatorID> known = new HashSet<>();
        for (JobVertex vertex : job.getJobGraph().getVertices()) {
            for (OperatorIDPair ids : vertex.getOperatorIDs()) {
                known.add(ids.getGeneratedOperatorID());
                ids.getUserDefinedOperatorID().ifPresent(known::add);
            }
        }
        return known;
    }

    private static boolean hasState(OperatorState state) {
        return state.hasSubtaskStates() || state.getCoordinatorState() != null;
    }

    private static String name(OperatorState state) {
        return state.getOperatorUid()
                .or(state::getOperatorName)
                .orElseGet(() -> state.getOperatorID().toHexString());
    }

    private static CheckpointMetadata metadata(Path checkpoint) {
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(
                                Files.newInputStream(checkpoint.resolve(METADATA))))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, ForeignCheckpoint.class.getClassLoader(), checkpoint.toString());
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Checkpoint not readable: checkpoint=%s cause=%s. Give another, or start without it",
                            checkpoint,
                            e.getMessage()),
                    e);
        }
    }
}

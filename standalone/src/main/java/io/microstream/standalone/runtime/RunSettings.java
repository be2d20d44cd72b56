package io.microstream.standalone.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Says where a run in this process writes its results and keeps its state.
 *
 * @param jdbc URL of the database; null for an embedded one
 * @param keep whether the working folder stays when the run ends
 * @param models folder of {@code *.model} files; null for the models that ship with the program
 * @param parallelism subtasks of each operator
 * @param uiPort port of Flink's web UI; negative for the first free one from 8081
 * @param checkpoints folder of the checkpoints; null for one in the working folder
 * @param resumeFrom checkpoint from which the job continues, if any
 * @param overwrites whether complete bars of earlier runs are replaced by complete ones
 */
public record RunSettings(
        String jdbc,
        boolean keep,
        Path models,
        int parallelism,
        int uiPort,
        Path checkpoints,
        Optional<Path> resumeFrom,
        boolean overwrites) {}

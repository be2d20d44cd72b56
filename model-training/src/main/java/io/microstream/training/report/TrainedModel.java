package io.microstream.training.report;

import io.microstream.models.ModelArtifact;

/**
 * Describes an artefact that was written.
 *
 * @param file its name in the folder of the request
 * @param modelId see {@link ModelArtifact}
 * @param version see {@link ModelArtifact}
 * @param bytes size of the file
 * @param sha256 of the file
 * @param rows trained on
 * @param sequences they form; 0 where the order of rows does not matter
 */
public record TrainedModel(
        String file,
        String modelId,
        long version,
        int bytes,
        String sha256,
        int rows,
        int sequences) {

    public static TrainedModel of(ModelArtifact artifact, int rows, int sequences) {
        return new TrainedModel(
                artifact.modelId() + ModelArtifact.FILE_SUFFIX,
                artifact.modelId(),
                artifact.version(),
                artifact.toBytes().length,
                artifact.sha256(),
                rows,
                sequences);
    }
}

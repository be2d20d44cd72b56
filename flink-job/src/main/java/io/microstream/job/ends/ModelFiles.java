package io.microstream.job.ends;

import io.microstream.job.ModelUpdate;
import io.microstream.market.RollingFeatures;
import io.microstream.models.DefaultModels;
import io.microstream.models.ModelArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the models of a run from a directory, or those on the class path. */
public final class ModelFiles {

    private ModelFiles() {}

    /**
     * Returns the models of a directory, in the order of their file names.
     *
     * @param directory holds {@code *.model} files; null for the default models on the class path
     * @throws IllegalArgumentException if there are none, or the directory cannot be read
     * @throws io.microstream.models.ModelRejectedException if one is damaged, inconsistent or of
     *     another feature schema
     */
    public static List<ModelUpdate> read(Path directory) {
        List<ModelArtifact> artifacts = directory == null ? DefaultModels.load() : in(directory);
        if (artifacts.isEmpty()) {
            throw new IllegalArgumentException(
                    "No models on the class path. Give some by --models");
        }
        artifacts.forEach(
                artifact -> artifact.requireSchema(RollingFeatures.SCHEMA).requireUsable());
        return artifacts.stream().map(ModelFiles::update).toList();
    }

    private static List<ModelArtifact> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<ModelArtifact> artifacts =
                    files.filter(file -> file.toString().endsWith(".model"))
                            .sorted()
                            .map(ModelArtifact::read)
                            .toList();
            if (artifacts.isEmpty()) {
                throw new IllegalArgumentException(
                        "No models: directory="
                                + directory
                                + " holds no *.model file. Make some with ./microstream train");
            }
            return artifacts;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Models unreadable: directory=" + directory + ". cause=" + e.getMessage(), e);
        }
    }

    private static ModelUpdate update(ModelArtifact artifact) {
        return new ModelUpdate(
                artifact.role().name(),
                artifact.symbol(),
                artifact.modelId(),
                artifact.version(),
                artifact.effectiveFromMs(),
                artifact.toBytes());
    }
}

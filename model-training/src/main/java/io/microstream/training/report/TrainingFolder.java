package io.microstream.training.report;

import io.microstream.models.ModelArtifact;
import io.microstream.training.history.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The folder that artefacts and reports are written to. Errors are {@link TrainingException}s. */
public final class TrainingFolder {

    private static final String TEXT = "report.md";
    private static final String JSON = "report.json";
    private static final String PAGE = "report.html";

    private final Path folder;

    public TrainingFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes artefacts and deletes reports of an earlier training, which describe other artefacts.
     */
    public List<Path> writeModels(List<ModelArtifact> artifacts) {
        List<Path> models = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (String report : List.of(TEXT, JSON, PAGE)) {
                Files.deleteIfExists(folder.resolve(report));
            }
            for (ModelArtifact artifact : artifacts) {
                Path file = folder.resolve(artifact.modelId() + ModelArtifact.FILE_SUFFIX);
                artifact.write(file);
                models.add(file);
            }
            return models;
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Writes the reports next to the artefacts. */
    public TrainingResult writeReports(TrainingReport report, List<Path> models) {
        try {
            Files.createDirectories(folder);
            Path text = Files.writeString(folder.resolve(TEXT), report.markdown());
            Path json = Files.writeString(folder.resolve(JSON), report.json());
            Path page = Files.writeString(folder.resolve(PAGE), report.html());
            return new TrainingResult(models, text, json, page, report);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private TrainingException notWritten(IOException cause) {
        return new TrainingException(
                String.format(
                        Locale.ROOT,
                        "Training result cannot be written: out=%s cause=%s. Choose another folder.",
                        folder,
                        cause),
                cause);
    }
}

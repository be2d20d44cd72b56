package io.microstream.training.report;

import java.nio.file.Path;
import java.util.List;

/**
 * The files that a training wrote, and its report.
 *
 * @param models the artefacts: regime, then anomaly
 * @param reportText {@code report.md}
 * @param reportJson {@code report.json}
 * @param reportPage {@code report.html}
 * @param report what they say
 */
public record TrainingResult(
        List<Path> models,
        Path reportText,
        Path reportJson,
        Path reportPage,
        TrainingReport report) {

    public TrainingResult {
        models = List.copyOf(models);
    }
}

package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.models.ModelArtifact;
import io.microstream.models.ModelKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Caches the opened models of one task. Used by the task's thread only.
 *
 * @param <S> scorer
 */
final class OpenedModels<S> {

    private static final int CHAMPIONS_AND_CHALLENGERS = 64;

    private final ModelKind<?, S> kind;
    private final Map<ModelUpdate, Opened<S>> opened = new LinkedHashMap<>();

    /** A scorer and the artefact it was opened from. */
    record Opened<S>(S scorer, ModelArtifact artifact) {}

    OpenedModels(ModelKind<?, S> kind) {
        this.kind = kind;
    }

    /**
     * Returns an opened model.
     *
     * @throws io.microstream.models.ModelRejectedException if it cannot be opened
     */
    Opened<S> of(ModelUpdate model) {
        Opened<S> known = opened.get(model);
        if (known == null) {
            if (opened.size() >= CHAMPIONS_AND_CHALLENGERS) {
                opened.remove(opened.keySet().iterator().next());
            }
            ModelArtifact artifact = kind.artifact(model.artifact());
            known = new Opened<>(kind.open(artifact, false), artifact);
            opened.put(model, known);
        }
        return known;
    }
}

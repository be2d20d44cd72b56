package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import io.microstream.market.FeatureSchema;
import io.microstream.models.ModelArtifact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The models of one task, opened once each. Task thread only.
 *
 * @param <S> scorer
 */
final class OpenedModels<S> {

    private static final int CHAMPIONS_AND_CHALLENGERS = 64;

    private final Function<ModelArtifact, S> open;
    private final Map<ModelUpdate, S> opened = new LinkedHashMap<>();

    OpenedModels(Function<ModelArtifact, S> open) {
        this.open = open;
    }

    S of(ModelUpdate model) {
        S scorer = opened.get(model);
        if (scorer == null) {
            if (opened.size() >= CHAMPIONS_AND_CHALLENGERS) {
                opened.remove(opened.keySet().iterator().next());
            }
            ModelArtifact artifact = ModelArtifact.read(model.artifact());
            artifact.requireSchema(FeatureSchema.CURRENT);
            scorer = open.apply(artifact);
            opened.put(model, scorer);
        }
        return scorer;
    }
}

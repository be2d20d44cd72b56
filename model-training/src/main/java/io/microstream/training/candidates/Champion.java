package io.microstream.training.candidates;

import io.microstream.models.ModelArtifact;
import io.microstream.models.ModelRole;
import io.microstream.models.RegimeScorer;
import io.microstream.models.hmm.ChampionMatch;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.training.history.TrainingException;
import java.nio.file.Path;
import java.util.Locale;

/** The regime model in service, whose regimes a new model must preserve. */
public final class Champion {

    private final ModelArtifact artifact;
    private final GaussianHmmModel model;

    private Champion(ModelArtifact artifact) {
        this.artifact = artifact;
        this.model = RegimeScorer.open(artifact).model();
    }

    /**
     * Reads the champion's artefact.
     *
     * @param symbol it must be for
     * @throws TrainingException if it is not a regime model of that symbol
     * @throws io.microstream.models.ModelRejectedException if the file is no artefact
     */
    public static Champion read(Path file, String symbol) {
        ModelArtifact artifact = ModelArtifact.read(file);
        if (!artifact.role().equals(ModelRole.REGIME) || !artifact.symbol().equals(symbol)) {
            throw new TrainingException(
                    String.format(
                            Locale.ROOT,
                            "Champion is not a regime model of this symbol: file=%s role=%s symbol=%s expected=REGIME:%s. Give the regime model in service, or omit it.",
                            file,
                            artifact.role(),
                            artifact.symbol(),
                            symbol));
        }
        return new Champion(artifact);
    }

    /** Compares a newly trained model with the champion. */
    public ChampionComparison compare(GaussianHmmModel successor) {
        ChampionMatch match = ChampionMatch.of(model, successor);
        return new ChampionComparison(
                artifact.modelId(),
                artifact.version(),
                artifact.sha256(),
                model.parameters().states(),
                successor.parameters().states(),
                match.comparesStates() ? "states" : "regimes",
                match.matchedTo(),
                match.distances(),
                match.reasons());
    }
}

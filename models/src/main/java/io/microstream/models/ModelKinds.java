package io.microstream.models;

import io.microstream.market.AnomalySignal;
import io.microstream.market.RegimeSignal;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.isolation.IsolationForestModel;
import io.microstream.models.protos.GaussianHmmProto;
import io.microstream.models.protos.IsolationForestProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registry of model kinds. A new kind is a constant here, a line in {@link #REGISTERED}, and
 * its own classes; artefacts, training and the job's scoring find it by its role.
 */
public final class ModelKinds {

    /** Gaussian hidden Markov models, which classify minutes into liquidity regimes. */
    public static final ModelKind<GaussianHmmModel, RegimeScorer> REGIME =
            new ModelKind<>(
                    ModelRole.REGIME,
                    GaussianHmmModel.class,
                    GaussianHmmProto.getDescriptor(),
                    GaussianHmmModel::deserializeFromProto,
                    GaussianHmmModel::serialize,
                    GaussianHmmModel::inputs,
                    RegimeScorer::of,
                    RegimeSignal.class);

    /** Isolation forests, which score how unusual a bar is. */
    public static final ModelKind<IsolationForestModel, AnomalyScorer> ANOMALY =
            new ModelKind<>(
                    ModelRole.ANOMALY,
                    IsolationForestModel.class,
                    IsolationForestProto.getDescriptor(),
                    IsolationForestModel::deserializeFromProto,
                    IsolationForestModel::serialize,
                    IsolationForestModel::inputs,
                    AnomalyScorer::of,
                    AnomalySignal.class);

    /** All kinds of models that this build can open. */
    public static final ModelKinds REGISTERED = new ModelKinds(List.of(REGIME, ANOMALY));

    private final List<ModelKind<?, ?>> kinds;

    /**
     * @throws IllegalArgumentException if two kinds share a role's name or number
     */
    ModelKinds(List<ModelKind<?, ?>> kinds) {
        this.kinds = List.copyOf(kinds);
        requireDistinct(kinds.stream().map(kind -> kind.role().name()));
        requireDistinct(kinds.stream().map(kind -> kind.role().number()));
    }

    private static void requireDistinct(Stream<?> keys) {
        List<?> all = keys.toList();
        if (all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException("Two model kinds share one of: " + all);
        }
    }

    /** Returns these kinds and another one, which may be among them already. */
    ModelKinds with(ModelKind<?, ?> kind) {
        if (kinds.contains(kind)) {
            return this;
        }
        List<ModelKind<?, ?>> more = new ArrayList<>(kinds);
        more.add(kind);
        return new ModelKinds(more);
    }

    /** Returns the role of a number in a serialized artefact; empty if no kind has it. */
    Optional<ModelRole> role(int number) {
        return kinds.stream()
                .map(ModelKind::role)
                .filter(role -> role.number() == number)
                .findFirst();
    }

    /**
     * Returns the kind of a role.
     *
     * @throws IllegalArgumentException if none is registered
     */
    ModelKind<?, ?> of(ModelRole role) {
        return kinds.stream()
                .filter(kind -> kind.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No model kind: role=" + role));
    }

    /**
     * Returns the first registered kind of a model's class.
     *
     * @throws IllegalArgumentException if none is registered
     */
    ModelKind<?, ?> ofModel(Object model) {
        return kinds.stream()
                .filter(kind -> kind.type().isInstance(model))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No model kind: class=" + model.getClass().getName()));
    }
}

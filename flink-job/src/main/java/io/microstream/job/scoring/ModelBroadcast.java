package io.microstream.job.scoring;

import io.microstream.job.ModelUpdate;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The broadcast state of models, as bytes, keyed by what identifies them. */
final class ModelBroadcast {

    static final MapStateDescriptor<String, ModelUpdate> STATE =
            new MapStateDescriptor<>("models", Types.STRING, TypeInformation.of(ModelUpdate.class));

    private ModelBroadcast() {}

    static String key(ModelUpdate model) {
        return model.role() + '|' + model.symbol() + '|' + model.modelId() + '|' + model.version();
    }

    /**
     * Selects the model that scores a bar.
     *
     * @param fits whether a model can score the bar's vector; asked only of models that outrank all
     *     before them
     * @return null if there is none yet
     */
    static ModelUpdate select(
            ReadOnlyBroadcastState<String, ModelUpdate> models,
            String symbol,
            long openTimeMs,
            Predicate<ModelUpdate> fits)
            throws Exception {
        ModelUpdate selected = null;
        for (Map.Entry<String, ModelUpdate> entry : models.immutableEntries()) {
            ModelUpdate model = entry.getValue();
            boolean isOfSymbol =
                    model.symbol().equals(symbol) || model.symbol().equals(ModelUpdate.ANY_SYMBOL);
            if (isOfSymbol
                    && model.effectiveFromMs() <= openTimeMs
                    && outranks(model, selected)
                    && fits.test(model)) {
                selected = model;
            }
        }
        return selected;
    }

    private static boolean outranks(ModelUpdate model, ModelUpdate other) {
        if (other == null) {
            return true;
        }
        boolean general = model.symbol().equals(ModelUpdate.ANY_SYMBOL);
        boolean otherGeneral = other.symbol().equals(ModelUpdate.ANY_SYMBOL);
        if (general != otherGeneral) {
            return otherGeneral;
        }
        // By id where versions are equal, so that every task chooses the same.
        return model.version() != other.version()
                ? model.version() > other.version()
                : model.modelId().compareTo(other.modelId()) > 0;
    }
}

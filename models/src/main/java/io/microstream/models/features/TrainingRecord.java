package io.microstream.models.features;

import static com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance.CLASS_NAME;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.RealInfo;
import org.tribuo.Tribuo;
import org.tribuo.VariableInfo;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.provenance.TrainerProvenance;

/**
 * The record that a model keeps of its training: the features and where they came from.
 *
 * <p>Its time is given by the caller, never by the wall clock, and it holds nothing of the machine:
 * the same training gives the same bytes anywhere.
 *
 * @param features the inputs with count, range and moments
 * @param provenance data, trainer and time
 */
public record TrainingRecord(ImmutableFeatureMap features, ModelProvenance provenance) {

    /**
     * Creates the record of a training.
     *
     * @param timeMs milliseconds since the epoch, recorded as time of training: derive it from the
     *     data, for example its newest bar
     */
    public static TrainingRecord of(
            Class<?> model,
            FeatureMatrix rows,
            DatasetProvenance data,
            TrainerProvenance trainer,
            Map<String, Provenance> run,
            long timeMs) {
        return new TrainingRecord(
                featureMap(rows),
                new ModelProvenance(model.getName(), time(timeMs), data, trainer, run, false));
    }

    /** Returns the provenance of rows that were never a Tribuo dataset. */
    public static <T extends Output<T>> DatasetProvenance data(
            FeatureMatrix rows, OutputFactory<T> outputs, boolean isSequence, long timeMs) {
        Map<String, Provenance> map = new LinkedHashMap<>();
        map.put(CLASS_NAME, new StringProvenance(CLASS_NAME, FeatureMatrix.class.getName()));
        map.put("datasource", new SimpleDataSourceProvenance(rows.source(), time(timeMs), outputs));
        map.put("transformations", new ListProvenance<>());
        map.put("is-dense", new BooleanProvenance("is-dense", true));
        map.put("is-sequence", new BooleanProvenance("is-sequence", isSequence));
        map.put("num-examples", new IntProvenance("num-examples", rows.rows()));
        map.put("num-features", new IntProvenance("num-features", rows.columns()));
        map.put("num-outputs", new IntProvenance("num-outputs", 0));
        map.put("tribuo-version", new StringProvenance("tribuo-version", Tribuo.VERSION));
        return new DatasetProvenance(map);
    }

    private static OffsetDateTime time(long timeMs) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(timeMs), ZoneOffset.UTC);
    }

    private static ImmutableFeatureMap featureMap(FeatureMatrix rows) {
        List<VariableInfo> infos = new ArrayList<>();
        for (int column = 0; column < rows.columns(); column++) {
            infos.add(info(rows, column));
        }
        return new ImmutableFeatureMap(infos);
    }

    private static RealInfo info(FeatureMatrix rows, int column) {
        double[] values = rows.values();
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = column; i < values.length; i += rows.columns()) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
            sum += values[i];
        }
        double mean = sum / rows.rows();
        double squares = 0;
        for (int i = column; i < values.length; i += rows.columns()) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return new RealInfo(rows.names().get(column), rows.rows(), max, min, mean, squares);
    }
}

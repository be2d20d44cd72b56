package io.microstream.models;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ObjectProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.isolation.IsolationForestModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.RealIDInfo;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.ImmutableAnomalyInfo;
import org.tribuo.anomaly.protos.AnomalyInfoProto;
import org.tribuo.classification.ImmutableLabelInfo;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.protos.ImmutableLabelInfoProto;
import org.tribuo.protos.core.FeatureDomainProto;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.OutputDomainProto;
import org.tribuo.protos.core.RealIDInfoProto;
import org.tribuo.protos.core.VariableInfoProto;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Checks the metadata that Tribuo keeps of every model before Tribuo reads it: Tribuo loads any
 * class that the bytes name and follows any reference they hold.
 *
 * <p>Accepted is metadata as the trainers of this project write it from a {@link
 * io.microstream.models.features.FeatureMatrix}: real features with finite moments, numbered in
 * lexicographic order; the outputs of the model's own kind; and a provenance that names a few known
 * classes and whose parts are held by at most one other part, further back, so that it is a tree.
 */
final class TribuoMetadata {

    private static final Set<String> VALUES =
            names(
                    BooleanProvenance.class,
                    DateTimeProvenance.class,
                    DoubleProvenance.class,
                    IntProvenance.class,
                    LongProvenance.class,
                    StringProvenance.class);

    private static final Set<String> OBJECTS =
            names(
                    ModelProvenance.class,
                    DatasetProvenance.class,
                    TrainerProvenanceImpl.class,
                    SimpleDataSourceProvenance.class,
                    AnomalyFactory.AnomalyFactoryProvenance.class,
                    LabelFactory.LabelFactoryProvenance.class);

    private static final Map<Class<?>, Output> OUTPUTS =
            Map.of(
                    IsolationForestModel.class,
                    new Output(ImmutableAnomalyInfo.class, AnomalyInfoProto.getDescriptor()),
                    GaussianHmmModel.class,
                    new Output(ImmutableLabelInfo.class, ImmutableLabelInfoProto.getDescriptor()));

    private record Output(Class<?> type, Descriptor content) {}

    private TribuoMetadata() {}

    private static Set<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getName).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks the metadata of a model.
     *
     * @param inputs of the artefact, in order
     * @throws IllegalArgumentException if anything else is in it
     */
    static void check(ByteString metadata, Class<?> model, List<String> inputs)
            throws InvalidProtocolBufferException {
        WireCheck.check(
                metadata.newCodedInput(), ModelDataProto.getDescriptor(), ModelKind.LONGEST_TEXT);
        ModelDataProto proto = ModelDataProto.parseFrom(metadata);
        List<String> features = features(proto.getFeatureDomain());
        require(features.equals(inputs), "inputs=" + features + " artifact=" + inputs);
        Output output = OUTPUTS.get(model);
        OutputDomainProto domain = proto.getOutputDomain();
        requireClass(domain.getClassName(), Set.of(output.type().getName()));
        content(domain.getSerializedData().getValue(), output.content());
        checkProvenance(proto.getProvenance());
    }

    private static List<String> features(FeatureDomainProto domain)
            throws InvalidProtocolBufferException {
        requireClass(domain.getClassName(), names(ImmutableFeatureMap.class));
        ByteString content = domain.getSerializedData().getValue();
        content(content, ImmutableFeatureMapProto.getDescriptor());
        Map<String, Integer> ids = new TreeMap<>();
        for (VariableInfoProto info : ImmutableFeatureMapProto.parseFrom(content).getInfoList()) {
            requireClass(info.getClassName(), names(RealIDInfo.class));
            ByteString moments = info.getSerializedData().getValue();
            content(moments, RealIDInfoProto.getDescriptor());
            RealIDInfoProto feature = RealIDInfoProto.parseFrom(moments);
            checkMoments(feature);
            boolean isNew = ids.put(feature.getName(), feature.getId()) == null;
            require(isNew, "feature comes twice=" + feature.getName());
        }
        List<Integer> ordered = IntStream.range(0, ids.size()).boxed().toList();
        require(List.copyOf(ids.values()).equals(ordered), "features out of order=" + ids);
        return List.copyOf(ids.keySet());
    }

    private static void checkMoments(RealIDInfoProto info) {
        boolean isFinite =
                Stream.of(info.getMin(), info.getMax(), info.getMean(), info.getSumSquares())
                        .allMatch(Double::isFinite);
        require(
                isFinite && info.getMin() <= info.getMax() && info.getCount() > 0,
                "moments of feature=" + info.getName());
    }

    private static void content(ByteString bytes, Descriptor type) {
        WireCheck.check(bytes.newCodedInput(), type, ModelKind.LONGEST_TEXT);
    }

    private static void checkProvenance(RootProvenanceProto root) {
        Set<Integer> parts = new HashSet<>();
        Map<String, Integer> objects = new HashMap<>();
        for (ObjectProvenanceProto object : root.getOmpList()) {
            requireClass(object.getProvenanceClassName(), OBJECTS);
            requireNew(parts, object.getIndex());
            boolean isNew = objects.put(object.getObjectName(), objects.size()) == null;
            require(isNew, "object comes twice=" + object.getObjectName());
        }
        Map<Integer, SimpleProvenanceProto> values = new HashMap<>();
        for (SimpleProvenanceProto value : root.getSmpList()) {
            requireClass(value.getProvenanceClassName(), value.getIsReference() ? OBJECTS : VALUES);
            requireNew(parts, value.getIndex());
            values.put(value.getIndex(), value);
        }
        root.getMmpList().forEach(map -> requireNew(parts, map.getIndex()));
        root.getLmpList().forEach(list -> requireNew(parts, list.getIndex()));
        checkIsTree(root, values, objects);
    }

    private static void checkIsTree(
            RootProvenanceProto root,
            Map<Integer, SimpleProvenanceProto> values,
            Map<String, Integer> objects) {
        Set<Integer> held = new HashSet<>();
        Set<String> heldObjects = new HashSet<>();
        for (ObjectProvenanceProto object : root.getOmpList()) {
            for (int part : object.getValuesMap().values()) {
                requireNew(held, part);
                SimpleProvenanceProto value = values.get(part);
                if (value != null && value.getIsReference()) {
                    int target = objects.getOrDefault(value.getValue(), -1);
                    boolean isLater = target > objects.get(object.getObjectName());
                    require(
                            isLater && heldObjects.add(value.getValue()),
                            "reference out of place=" + value.getValue());
                }
            }
        }
        Stream<Integer> inLists =
                root.getLmpList().stream().flatMap(l -> l.getValuesList().stream());
        Stream<Integer> inMaps =
                root.getMmpList().stream().flatMap(m -> m.getValuesMap().values().stream());
        Stream.concat(inLists, inMaps)
                .forEach(
                        part -> {
                            requireNew(held, part);
                            SimpleProvenanceProto value = values.get(part);
                            require(
                                    value != null && !value.getIsReference(),
                                    "part of a list or map is no value=" + part);
                        });
    }

    private static void requireNew(Set<Integer> seen, int part) {
        require(seen.add(part), "provenance part comes twice=" + part);
    }

    private static void requireClass(String found, Set<String> known) {
        require(known.contains(found), "class found=" + found + " is not one of " + known.size());
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("metadata: " + what);
        }
    }
}

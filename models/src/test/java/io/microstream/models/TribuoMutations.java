package io.microstream.models;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ObjectProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import io.microstream.models.protos.GaussianHmmProto;
import io.microstream.models.protos.IsolationForestProto;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.RealIDInfoProto;
import org.tribuo.protos.core.VariableInfoProto;

/** Forges wrong contents of Tribuo's metadata of a model under valid checksums. */
final class TribuoMutations {

    private static final String CANARY = Canary.NAME;

    static final List<ForgedMutations.Kind> ALL =
            List.of(
                    model("class of the model", (p, r) -> p.setClassName(name(r))),
                    model("class of a megabyte", (p, r) -> p.setClassName("c".repeat(1 << 20))),
                    model("version", (p, r) -> p.setVersion(1 + r.nextInt(9))),
                    model(
                            "type",
                            (p, r) -> p.getSerializedDataBuilder().setTypeUrl("x/" + name(r))),
                    model("no content", (p, r) -> p.clearSerializedData()),
                    data("no metadata", (p, r) -> p.clear()),
                    data(
                            "class of features",
                            (p, r) -> p.getFeatureDomainBuilder().setClassName(name(r))),
                    data(
                            "class of outputs",
                            (p, r) -> p.getOutputDomainBuilder().setClassName(name(r))),
                    data(
                            "outputs",
                            (p, r) ->
                                    p.getOutputDomainBuilder()
                                            .getSerializedDataBuilder()
                                            .setValue(
                                                    ByteString.copyFromUtf8(
                                                            "\u0012\u0003abc\u0012\u0003abc"))),
                    data("outputs missing", (p, r) -> p.clearOutputDomain()),
                    data(
                            "version of features",
                            (p, r) -> p.getFeatureDomainBuilder().setVersion(7)),
                    feature("class of a feature", (p, r) -> p.setClassName(name(r))),
                    moments("feature renamed", (p, r) -> p.setName("momentum")),
                    moments("feature of a megabyte", (p, r) -> p.setName("f".repeat(1 << 20))),
                    moments("feature not finite", (p, r) -> p.setMean(Double.NaN)),
                    moments("feature upside down", (p, r) -> p.setMin(p.getMax() + 1)),
                    moments("feature id", (p, r) -> p.setId(3 + r.nextInt(99))),
                    features("feature twice", (p, r) -> p.addInfo(p.getInfo(0))),
                    features("feature missing", (p, r) -> p.removeInfo(0)),
                    provenance(
                            "class of a part",
                            (p, r) -> object(p, r).setProvenanceClassName(name(r))),
                    provenance(
                            "class of a value",
                            (p, r) -> value(p, r).setProvenanceClassName(name(r))),
                    provenance(
                            "class not a value's",
                            (p, r) ->
                                    value(p, r)
                                            .setProvenanceClassName(
                                                    "com.oracle.labs.mlrg.olcut.provenance.primitives.EnumProvenance")),
                    provenance(
                            "part twice", (p, r) -> p.addOmp(p.getOmp(r.nextInt(p.getOmpCount())))),
                    provenance(
                            "value twice",
                            (p, r) -> p.addSmp(p.getSmp(r.nextInt(p.getSmpCount())))),
                    provenance("part lost", (p, r) -> p.removeOmp(r.nextInt(p.getOmpCount()))),
                    provenance("circle", TribuoMutations::circle),
                    provenance(
                            "list in itself",
                            (p, r) -> p.getLmpBuilder(0).addValues(p.getLmp(0).getIndex())),
                    provenance("lists that multiply", TribuoMutations::multiply),
                    provenance("list of nothing", (p, r) -> p.getLmpBuilder(0).addValues(99_999)),
                    provenance("number that is none", TribuoMutations::noNumber),
                    provenance("20,000 values", (p, r) -> values(p, 20_000)),
                    provenance("missing", (p, r) -> p.clear()));

    /** Changes that scores do not depend on. */
    static final List<ForgedMutations.Kind> NEUTRAL =
            List.of(
                    data("another name", (p, r) -> p.setName("renamed " + r.nextInt(99))),
                    data("another Tribuo", (p, r) -> p.setTribuoVersion("4.3." + r.nextInt(99))));

    private TribuoMutations() {}

    private static ForgedMutations.Kind model(
            String name, ForgedMutations.Edit<ModelProto.Builder> edit) {
        return new ForgedMutations.Kind(
                "tribuo: " + name,
                (bytes, random) -> Resealed.model(bytes, proto -> edit.apply(proto, random)));
    }

    private static ForgedMutations.Kind data(
            String name, ForgedMutations.Edit<ModelDataProto.Builder> edit) {
        return new ForgedMutations.Kind(
                "tribuo: " + name,
                (bytes, random) -> metadata(bytes, proto -> edit.apply(proto, random)));
    }

    private static ForgedMutations.Kind provenance(
            String name, ForgedMutations.Edit<RootProvenanceProto.Builder> edit) {
        return data(name, (proto, random) -> edit.apply(proto.getProvenanceBuilder(), random));
    }

    private static ForgedMutations.Kind features(
            String name, ForgedMutations.Edit<ImmutableFeatureMapProto.Builder> edit) {
        return data(
                name,
                (proto, random) -> {
                    Any.Builder any = proto.getFeatureDomainBuilder().getSerializedDataBuilder();
                    ImmutableFeatureMapProto.Builder map =
                            Resealed.parse(any.getValue(), ImmutableFeatureMapProto.newBuilder());
                    edit.apply(map, random);
                    any.setValue(map.build().toByteString());
                });
    }

    private static ForgedMutations.Kind feature(
            String name, ForgedMutations.Edit<VariableInfoProto.Builder> edit) {
        return features(
                name,
                (map, random) ->
                        edit.apply(map.getInfoBuilder(random.nextInt(map.getInfoCount())), random));
    }

    private static ForgedMutations.Kind moments(
            String name, ForgedMutations.Edit<RealIDInfoProto.Builder> edit) {
        return feature(
                name,
                (info, random) -> {
                    Any.Builder any = info.getSerializedDataBuilder();
                    RealIDInfoProto.Builder moments =
                            Resealed.parse(any.getValue(), RealIDInfoProto.newBuilder());
                    edit.apply(moments, random);
                    any.setValue(moments.build().toByteString());
                });
    }

    private static byte[] metadata(byte[] bytes, Consumer<ModelDataProto.Builder> edit) {
        return ModelArtifact.read(bytes).role() == ModelRole.REGIME
                ? Resealed.content(
                        bytes,
                        GaussianHmmProto.newBuilder(),
                        p -> p.setMetadata(edited(p.getMetadata(), edit)))
                : Resealed.content(
                        bytes,
                        IsolationForestProto.newBuilder(),
                        p -> p.setMetadata(edited(p.getMetadata(), edit)));
    }

    private static ByteString edited(ByteString metadata, Consumer<ModelDataProto.Builder> edit) {
        ModelDataProto.Builder proto = Resealed.parse(metadata, ModelDataProto.newBuilder());
        edit.accept(proto);
        return proto.build().toByteString();
    }

    private static String name(Random random) {
        return EnvelopeMutations.pick(
                random,
                CANARY,
                "java.lang.Runtime",
                "javax.script.ScriptEngineManager",
                "org.tribuo.MutableFeatureMap",
                "org.tribuo.CategoricalIDInfo",
                "no.such.Class",
                "");
    }

    private static ObjectProvenanceProto.Builder object(
            RootProvenanceProto.Builder proto, Random random) {
        return proto.getOmpBuilder(random.nextInt(proto.getOmpCount()));
    }

    private static SimpleProvenanceProto.Builder value(
            RootProvenanceProto.Builder proto, Random random) {
        return proto.getSmpBuilder(random.nextInt(proto.getSmpCount()));
    }

    private static void circle(RootProvenanceProto.Builder proto, Random random) {
        for (SimpleProvenanceProto.Builder value : proto.getSmpBuilderList()) {
            if (value.getIsReference()) {
                value.setValue(proto.getOmp(0).getObjectName());
                value.setProvenanceClassName(proto.getOmp(0).getProvenanceClassName());
            }
        }
    }

    /** Nests lists so that each holds the one before twice. */
    private static void multiply(RootProvenanceProto.Builder proto, Random random) {
        int first = proto.getLmp(0).getIndex();
        int before = first;
        for (int i = 0; i < 60; i++) {
            proto.addLmpBuilder().setIndex(50_000 + i).addValues(before).addValues(before);
            before = 50_000 + i;
        }
        proto.getLmpBuilder(0).addValues(before).addValues(before);
    }

    private static void noNumber(RootProvenanceProto.Builder proto, Random random) {
        for (SimpleProvenanceProto.Builder value : proto.getSmpBuilderList()) {
            if (value.getKey().equals("num-examples")) {
                value.setValue("many");
            }
        }
    }

    private static void values(RootProvenanceProto.Builder proto, int more) {
        for (int i = 0; i < more; i++) {
            proto.addSmp(proto.getSmp(0).toBuilder().setIndex(100_000 + i));
        }
    }
}

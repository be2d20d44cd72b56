package io.microstream.models;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.microstream.market.FeatureSchema;
import io.microstream.models.protos.ModelArtifactProto;
import io.microstream.models.protos.ModelRoleProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Forges wrong contents of an artefact's own fields under valid checksums. */
final class EnvelopeMutations {

    /** Changes fields of an artefact's message. */
    interface Edit {
        void apply(ModelArtifactProto.Builder proto, Random random);
    }

    static final List<ForgedMutations.Kind> ALL =
            List.of(
                    kind(
                            "format",
                            (p, r) -> p.setFormatVersion(r.nextBoolean() ? 0 : 3 + r.nextInt())),
                    kind("role unknown", (p, r) -> p.setRoleValue(3 + r.nextInt(99))),
                    kind("role of the other", (p, r) -> p.setRole(other(p.getRole()))),
                    kind("model id", (p, r) -> p.setModelId(pick(r, "../../etc", "", "a b", "é"))),
                    kind("model id of a megabyte", (p, r) -> p.setModelId("m".repeat(1 << 20))),
                    kind("symbol", (p, r) -> p.setSymbol(pick(r, "btcusdt", "", "A,B", "**"))),
                    kind("version", (p, r) -> p.setVersion(-r.nextInt(9))),
                    kind("effective", (p, r) -> p.setEffectiveFromMs(far(r))),
                    kind("trained from", (p, r) -> p.setTrainedFromMs(p.getTrainedToMs() + 1)),
                    kind("trained to", (p, r) -> p.setTrainedToMs(far(r))),
                    kind("schema hash", (p, r) -> p.setSchemaHash("0".repeat(64))),
                    kind(
                            "schema version",
                            (p, r) -> reschema(p, 1 + r.nextInt(9), p.getSchemaNamesList())),
                    kind("schema order", EnvelopeMutations::shuffle),
                    kind("schema joined by a comma", EnvelopeMutations::join),
                    kind(
                            "schema of 20,000 names",
                            (p, r) -> p.addAllSchemaNames(Collections.nCopies(20_000, "a"))),
                    kind("inputs twice", (p, r) -> p.addInputs(p.getInputs(0))),
                    kind("inputs fewer", (p, r) -> p.clearInputs().addInputs("momentum")),
                    kind("inputs unknown", (p, r) -> p.addInputs("nonsense")),
                    kind("inputs not of the model", (p, r) -> p.addInputs("momentum")),
                    kind("no model", (p, r) -> p.setModel(ByteString.EMPTY)),
                    kind(
                            "model of zeros",
                            (p, r) ->
                                    p.setModel(
                                            ByteString.copyFrom(new byte[1 + r.nextInt(1 << 16)]))),
                    kind("model of noise", (p, r) -> p.setModel(noise(r))),
                    kind(
                            "provenance no JSON",
                            (p, r) ->
                                    p.setProvenanceJson(
                                            pick(r, "", "{", "[1]", "{} {}", "{\"a\":1,\"a\":2}"))),
                    kind(
                            "provenance with NUL",
                            (p, r) ->
                                    p.setProvenanceJson(
                                            pick(r, "{\"a\":\"\\u0000\"}", "{\"\0\":1}"))),
                    kind(
                            "provenance nested",
                            (p, r) ->
                                    p.setProvenanceJson(
                                            "{\"a\":"
                                                    + "[".repeat(100_000)
                                                    + "]".repeat(100_000)
                                                    + "}")),
                    kind(
                            "provenance of a megabyte",
                            (p, r) ->
                                    p.setProvenanceJson("{\"a\":\"" + "a".repeat(1 << 20) + "\"}")),
                    kind("provenance incomplete", (p, r) -> p.setProvenanceJson("{\"recipe\":1}")),
                    kind("provenance of other time", (p, r) -> p.setTrainedFromMs(0)),
                    kind("unknown field", (p, r) -> p.setUnknownFields(unknown(r))));

    /** Changes that scores do not depend on. */
    static final List<ForgedMutations.Kind> NEUTRAL =
            List.of(
                    kind("another name", (p, r) -> p.setModelId("renamed." + r.nextInt(99))),
                    kind("another version", (p, r) -> p.setVersion(1 + r.nextInt(99))),
                    kind("inputs in another order", EnvelopeMutations::reverse));

    private EnvelopeMutations() {}

    private static ForgedMutations.Kind kind(String name, Edit edit) {
        return new ForgedMutations.Kind(
                "envelope: " + name,
                (bytes, random) -> Resealed.envelope(bytes, proto -> edit.apply(proto, random)));
    }

    private static ModelRoleProto other(ModelRoleProto role) {
        return role == ModelRoleProto.REGIME ? ModelRoleProto.ANOMALY : ModelRoleProto.REGIME;
    }

    static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static long far(Random random) {
        return random.nextBoolean() ? -1 - random.nextInt(99) : Long.MAX_VALUE - random.nextInt(99);
    }

    private static ByteString noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(1 << 16)];
        random.nextBytes(noise);
        return ByteString.copyFrom(noise);
    }

    private static UnknownFieldSet unknown(Random random) {
        UnknownFieldSet.Field field =
                UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build();
        return UnknownFieldSet.newBuilder().addField(17 + random.nextInt(99), field).build();
    }

    private static void reschema(ModelArtifactProto.Builder proto, int more, List<String> names) {
        FeatureSchema schema = new FeatureSchema(proto.getSchemaVersion() + more, names);
        proto.clearSchemaNames().addAllSchemaNames(names);
        proto.setSchemaVersion(schema.version()).setSchemaHash(schema.hash());
    }

    private static void shuffle(ModelArtifactProto.Builder proto, Random random) {
        List<String> names = new ArrayList<>(proto.getSchemaNamesList());
        Collections.rotate(names, 1 + random.nextInt(names.size() - 1));
        reschema(proto, 0, names);
    }

    /** Joins two names of the schema into one that hashes alike. */
    private static void join(ModelArtifactProto.Builder proto, Random random) {
        List<String> names = new ArrayList<>(proto.getSchemaNamesList());
        names.set(0, names.get(0) + "," + names.remove(1));
        reschema(proto, 0, names);
    }

    private static void reverse(ModelArtifactProto.Builder proto, Random random) {
        List<String> inputs = new ArrayList<>(proto.getInputsList());
        Collections.reverse(inputs);
        proto.clearInputs().addAllInputs(inputs);
    }
}

package io.microstream.models;

import io.microstream.models.protos.GaussianHmmProto;
import io.microstream.models.protos.IsolationForestProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/** Forges wrong numbers inside a model under valid checksums. */
final class ForgedMutations {

    /** Changes the bytes of an artefact by a random choice. */
    interface Change {
        byte[] apply(byte[] artifact, Random random);
    }

    /** A change of an artefact, with its name. */
    record Kind(String name, Change change) {}

    /** Changes the fields of a message. */
    interface Edit<B> {
        void apply(B proto, Random random);
    }

    private static final double[] BAD = {Double.NaN, 1 / 0.0, -1 / 0.0};

    static final List<Kind> FOREST =
            List.of(
                    forest("split not finite", (p, r) -> p.setSplit(inner(p, r), bad(r))),
                    forest("split of a leaf", (p, r) -> p.setSplit(leaf(p, r), bad(r))),
                    forest("child of a leaf", (p, r) -> p.setRight(leaf(p, r), 1 + r.nextInt(9))),
                    forest(
                            "threshold",
                            (p, r) ->
                                    p.setThreshold(r.nextBoolean() ? bad(r) : 1.01 + r.nextInt(9))),
                    forest("threshold 0", (p, r) -> p.setThreshold(-r.nextInt(2))),
                    forest("child negative", (p, r) -> p.setRight(inner(p, r), -1 - r.nextInt(9))),
                    forest("child is itself", (p, r) -> node(p, r, i -> p.setRight(i, i))),
                    forest(
                            "child is an ancestor",
                            (p, r) -> node(p, r, i -> p.setRight(i, r.nextInt(i + 1)))),
                    forest(
                            "child of another tree",
                            (p, r) -> p.setRight(inner(p, r), p.getFeatureCount() - 1)),
                    forest("child far away", (p, r) -> p.setRight(inner(p, r), Integer.MAX_VALUE)),
                    forest(
                            "feature unknown",
                            (p, r) -> p.setFeature(inner(p, r), 40 + r.nextInt(99))),
                    forest(
                            "feature negative",
                            (p, r) -> p.setFeature(inner(p, r), -2 - r.nextInt(9))),
                    forest("leaf that splits", (p, r) -> p.setFeature(leaf(p, r), 0)),
                    forest("node that does not", (p, r) -> p.setFeature(inner(p, r), -1)),
                    forest(
                            "size",
                            (p, r) ->
                                    node(p, r, i -> p.setSize(i, p.getSize(i) + 1 + r.nextInt(9)))),
                    forest("size negative", (p, r) -> p.setSize(inner(p, r), -1)),
                    forest(
                            "sample size",
                            (p, r) -> p.setSampleSize(r.nextBoolean() ? -1 : 1 << 30)),
                    forest(
                            "sample size huge",
                            (p, r) -> p.setSampleSize(1 << 20).setSize(0, 1 << 20)),
                    forest(
                            "root",
                            (p, r) ->
                                    p.setRoot(
                                            r.nextInt(p.getRootCount()),
                                            r.nextBoolean() ? -1 : 1 << 30)),
                    forest("roots in disorder", (p, r) -> p.setRoot(1, p.getRoot(0))),
                    forest("root left out", (p, r) -> p.clearRoot().addRoot(0)),
                    forest("no trees", (p, r) -> p.clearRoot()),
                    forest("nodes missing", (p, r) -> p.clearFeature()),
                    forest("splits missing", (p, r) -> p.clearSplit()),
                    forest(
                            "nodes too many",
                            (p, r) -> p.addAllSize(Collections.nCopies(1 + r.nextInt(99), 1))),
                    forest(
                            "a million trees",
                            (p, r) -> p.addAllRoot(Collections.nCopies(1 << 20, 1))),
                    forest("deep chain", (p, r) -> chain(p, 10_000 + r.nextInt(50_000))),
                    forest("median", (p, r) -> p.setMedian(0, bad(r))),
                    forest("medians missing", (p, r) -> p.clearMedian()),
                    forest(
                            "spread",
                            (p, r) -> p.setSpread(0, r.nextBoolean() ? bad(r) : -r.nextInt(2))),
                    forest("spread tiny", (p, r) -> p.setSpread(0, Double.MIN_VALUE)),
                    forest("spreads too many", (p, r) -> p.addSpread(1)),
                    forest("fields swapped", ForgedMutations::swapRightAndSize));

    static final List<Kind> HMM =
            List.of(
                    hmm("start", (p, r) -> p.setStart(r.nextInt(p.getStartCount()), off(r))),
                    hmm(
                            "transition",
                            (p, r) -> p.setTransition(r.nextInt(p.getTransitionCount()), off(r))),
                    hmm("mean", (p, r) -> p.setMean(r.nextInt(p.getMeanCount()), bad(r))),
                    hmm(
                            "covariance",
                            (p, r) ->
                                    p.setCovariance(
                                            r.nextInt(p.getStartCount()) * square(p),
                                            r.nextBoolean() ? bad(r) : -1)),
                    hmm("covariance 0", (p, r) -> p.setCovariance(0, 0)),
                    hmm("covariance tiny", (p, r) -> p.setCovariance(0, Double.MIN_VALUE)),
                    hmm("covariance not symmetric", ForgedMutations::tilt),
                    hmm(
                            "scale",
                            (p, r) -> p.setInputScale(0, r.nextBoolean() ? bad(r) : -r.nextInt(2))),
                    hmm("scale tiny", (p, r) -> p.setInputScale(0, Double.MIN_VALUE)),
                    hmm("input mean", (p, r) -> p.setInputMean(0, bad(r))),
                    hmm("input means too many", (p, r) -> p.addInputMean(0)),
                    hmm("a state more", (p, r) -> p.addStart(0)),
                    hmm("no states", (p, r) -> p.clearStart()),
                    hmm(
                            "a thousand states",
                            (p, r) -> p.addAllStart(Collections.nCopies(1_000, 0.0))),
                    hmm(
                            "a million means",
                            (p, r) -> p.addAllMean(Collections.nCopies(1 << 20, 0.0))),
                    hmm("covariances missing", (p, r) -> p.clearCovariance()),
                    hmm(
                            "regime unknown",
                            (p, r) -> p.setRegime(0, r.nextBoolean() ? -1 : 3 + r.nextInt(99))),
                    hmm("regime left out", (p, r) -> p.clearRegime().addRegime(0)),
                    hmm("regimes upside down", ForgedMutations::reverseRegimes),
                    hmm("stress", (p, r) -> p.setStress(0, bad(r))),
                    hmm("occupancy", (p, r) -> p.setOccupancy(0, r.nextBoolean() ? bad(r) : 2)),
                    hmm("mean range", (p, r) -> p.setMeanRange(0, bad(r))),
                    hmm("range p90", (p, r) -> p.setRangeP90(bad(r))),
                    hmm("log likelihood", (p, r) -> p.addLogLikelihood(bad(r))),
                    hmm("reason of a megabyte", (p, r) -> p.addReason("r".repeat(1 << 20))),
                    hmm(
                            "a million reasons",
                            (p, r) -> p.addAllReason(Collections.nCopies(1 << 20, ""))),
                    hmm(
                            "surprise limit",
                            (p, r) ->
                                    p.getSurpriseBuilder()
                                            .setThreshold(bad(r))
                                            .setShare(0.01)
                                            .setRows(1)),
                    hmm(
                            "surprise share",
                            (p, r) ->
                                    p.getSurpriseBuilder()
                                            .setThreshold(1)
                                            .setShare(0.6)
                                            .setRows(1)),
                    hmm(
                            "surprise rows",
                            (p, r) ->
                                    p.getSurpriseBuilder()
                                            .setThreshold(1)
                                            .setShare(0.1)
                                            .setRows(-1)),
                    hmm("fields swapped", ForgedMutations::swapStartAndStress));

    private ForgedMutations() {}

    private static Kind forest(String name, Edit<IsolationForestProto.Builder> edit) {
        return new Kind(
                "forest: " + name,
                (bytes, random) ->
                        Resealed.content(
                                bytes,
                                IsolationForestProto.newBuilder(),
                                proto -> edit.apply(proto, random)));
    }

    private static Kind hmm(String name, Edit<GaussianHmmProto.Builder> edit) {
        return new Kind(
                "hmm: " + name,
                (bytes, random) ->
                        Resealed.content(
                                bytes,
                                GaussianHmmProto.newBuilder(),
                                proto -> edit.apply(proto, random)));
    }

    private static double bad(Random random) {
        return BAD[random.nextInt(BAD.length)];
    }

    private static double off(Random random) {
        return random.nextBoolean() ? bad(random) : random.nextBoolean() ? -0.25 : 1.5;
    }

    private static int inner(IsolationForestProto.Builder proto, Random random) {
        return any(proto, random, true);
    }

    private static int leaf(IsolationForestProto.Builder proto, Random random) {
        return any(proto, random, false);
    }

    private static int any(IsolationForestProto.Builder proto, Random random, boolean splits) {
        int node = random.nextInt(proto.getFeatureCount());
        while (proto.getFeature(node) >= 0 != splits) {
            node = (node + 1) % proto.getFeatureCount();
        }
        return node;
    }

    private static void node(IsolationForestProto.Builder proto, Random random, IntConsumer edit) {
        edit.accept(inner(proto, random));
    }

    /** Replaces a tree by one as high as it has inner nodes. */
    private static void chain(IsolationForestProto.Builder proto, int height) {
        proto.clearRoot().clearFeature().clearRight().clearSplit().clearSize();
        proto.addRoot(0).setSampleSize(height + 1);
        for (int node = 0; node < height; node++) {
            proto.addFeature(0).addRight(2 * height - node).addSplit(0).addSize(height + 1 - node);
        }
        for (int leaf = 0; leaf <= height; leaf++) {
            proto.addFeature(-1).addRight(0).addSplit(0).addSize(1);
        }
    }

    private static void swapRightAndSize(IsolationForestProto.Builder proto, Random random) {
        List<Integer> right = new ArrayList<>(proto.getRightList());
        proto.clearRight().addAllRight(proto.getSizeList());
        proto.clearSize().addAllSize(right);
    }

    private static int square(GaussianHmmProto.Builder proto) {
        return proto.getInputMeanCount() * proto.getInputMeanCount();
    }

    /** Makes a covariance asymmetric; with one input, which has nothing to tilt, negative. */
    private static void tilt(GaussianHmmProto.Builder proto, Random random) {
        if (square(proto) > 1) {
            proto.setCovariance(1, proto.getCovariance(1) + 0.01);
        } else {
            proto.setCovariance(0, -proto.getCovariance(0));
        }
    }

    private static void reverseRegimes(GaussianHmmProto.Builder proto, Random random) {
        List<Integer> regimes = new ArrayList<>(proto.getRegimeList());
        regimes.replaceAll(regime -> 2 - regime);
        proto.clearRegime().addAllRegime(regimes);
    }

    private static void swapStartAndStress(GaussianHmmProto.Builder proto, Random random) {
        List<Double> start = new ArrayList<>(proto.getStartList());
        proto.clearStart().addAllStart(proto.getStressList());
        proto.clearStress().addAllStress(start);
    }
}

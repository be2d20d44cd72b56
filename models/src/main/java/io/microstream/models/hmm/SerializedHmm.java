package io.microstream.models.hmm;

import io.microstream.market.Regime;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import io.microstream.models.hmm.labelling.RegimeMapping;
import io.microstream.models.protos.GaussianHmmProto;
import io.microstream.models.protos.SurpriseLimitProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.classification.ImmutableLabelInfo;
import org.tribuo.classification.Label;

/**
 * Checks what a serialized {@link GaussianHmmModel} must hold in addition to valid {@link
 * HmmParameters}.
 */
final class SerializedHmm {

    private static final Regime[] ALL = Regime.values();
    private static final int MOST_STATES = 64;
    private static final int MOST_INPUTS = 64;
    private static final int MOST_STEPS = 100_000;

    /** Minimum scale or variance: its inverse can still be squared. */
    private static final double LEAST = 1e-100;

    private SerializedHmm() {}

    static void requireRegimes(ImmutableOutputInfo<?> outputs) {
        boolean fits = outputs instanceof ImmutableLabelInfo && outputs.size() == ALL.length;
        for (int i = 0; fits && i < ALL.length; i++) {
            fits = ((ImmutableLabelInfo) outputs).getID(new Label(ALL[i].name())) == i;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "Gaussian HMM of another output: found="
                            + outputs
                            + " expected="
                            + Arrays.toString(ALL));
        }
    }

    static void requireSize(GaussianHmmProto proto) {
        boolean fits =
                proto.getStartCount() <= MOST_STATES
                        && proto.getInputMeanCount() <= MOST_INPUTS
                        && proto.getMeanCount() <= MOST_STATES * MOST_INPUTS
                        && proto.getLogLikelihoodCount() <= MOST_STEPS;
        if (!fits) {
            throw new IllegalArgumentException(
                    "Gaussian HMM is too large: states="
                            + proto.getStartCount()
                            + " inputs="
                            + proto.getInputMeanCount()
                            + " steps="
                            + proto.getLogLikelihoodCount());
        }
    }

    static SurpriseLimit limit(SurpriseLimitProto proto) {
        return new SurpriseLimit(proto.getThreshold(), proto.getShare(), proto.getRows());
    }

    static RegimeLabelling labelling(GaussianHmmProto proto) {
        List<Regime> regimes = new ArrayList<>();
        for (int ordinal : proto.getRegimeList()) {
            if (ordinal < 0 || ordinal >= ALL.length) {
                throw new IllegalArgumentException("Gaussian HMM: unknown regime=" + ordinal);
            }
            regimes.add(ALL[ordinal]);
        }
        RegimeLabelling labelling =
                new RegimeLabelling(
                        new RegimeMapping(regimes),
                        proto.getStressList(),
                        proto.getOccupancyList(),
                        proto.getMeanRangeList(),
                        proto.getRangeP90(),
                        proto.getReasonList());
        requireInOrder(labelling);
        requireFinite(proto);
        return labelling;
    }

    /** Checks that regimes follow the order of the states' stress. */
    private static void requireInOrder(RegimeLabelling labelling) {
        List<Regime> regimes = labelling.mapping().regimes();
        for (int i = 0; i < regimes.size(); i++) {
            for (int j = 0; j < regimes.size(); j++) {
                boolean isCalmer = labelling.stress().get(i) < labelling.stress().get(j);
                if (isCalmer && regimes.get(i).compareTo(regimes.get(j)) > 0) {
                    throw new IllegalArgumentException(
                            "Gaussian HMM: regimes are not in order of stress: regimes="
                                    + regimes
                                    + " stress="
                                    + labelling.stress());
                }
            }
        }
    }

    private static void requireFinite(GaussianHmmProto proto) {
        boolean fits =
                Double.isFinite(proto.getRangeP90())
                        && proto.getStressList().stream().allMatch(Double::isFinite)
                        && proto.getMeanRangeList().stream().allMatch(Double::isFinite)
                        && proto.getLogLikelihoodList().stream().allMatch(Double::isFinite)
                        && proto.getOccupancyList().stream().allMatch(o -> o >= 0 && o <= 1)
                        && proto.getInputScaleList().stream().allMatch(o -> o >= LEAST);
        int d = proto.getInputMeanCount();
        for (int i = 0; fits && i < proto.getMeanCount(); i++) {
            int diagonal = i * d + i % d;
            fits = diagonal < proto.getCovarianceCount() && proto.getCovariance(diagonal) >= LEAST;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "Gaussian HMM: a number of the labelling or the fit is not finite or no"
                            + " share, or a scale or variance is less than "
                            + LEAST);
        }
    }
}

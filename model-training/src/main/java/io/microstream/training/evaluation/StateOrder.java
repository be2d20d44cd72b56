package io.microstream.training.evaluation;

import io.microstream.market.Regime;
import io.microstream.models.hmm.GaussianHmmModel;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.labelling.RegimeLabelling;
import io.microstream.training.evaluation.statistics.LumpedChain;
import io.microstream.training.evaluation.statistics.StateFigures;
import io.microstream.training.evaluation.statistics.Transitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Orders the latent states of a model from calm to turbulent and names them. */
final class StateOrder {

    /** The names of the regimes, in their order. */
    static final List<String> REGIMES = Stream.of(Regime.values()).map(Regime::name).toList();

    private final HmmParameters parameters;
    private final RegimeLabelling labelling;
    private final List<Integer> calmFirst;
    private final List<StateFigures> figures = new ArrayList<>();

    StateOrder(GaussianHmmModel model) {
        parameters = model.parameters();
        labelling = model.labelling();
        calmFirst =
                IntStream.range(0, parameters.states())
                        .boxed()
                        .sorted(Comparator.comparing(labelling.stress()::get))
                        .toList();
        double[] stationary = parameters.stationary();
        int[] counts = new int[REGIMES.size()];
        for (int state : calmFirst) {
            Regime regime = labelling.mapping().regime(state);
            double stay = parameters.selfTransition(state);
            figures.add(
                    new StateFigures(
                            letter(regime) + ++counts[regime.ordinal()],
                            regime,
                            labelling.stress().get(state),
                            labelling.occupancy().get(state),
                            labelling.meanRange().get(state),
                            stay,
                            1 / (1 - stay),
                            stationary[state]));
        }
    }

    private static String letter(Regime regime) {
        return switch (regime) {
            case STABLE_LIQUIDITY -> "S";
            case HIGH_VOLATILITY -> "V";
            case LIQUIDITY_CRISIS -> "C";
        };
    }

    List<StateFigures> figures() {
        return figures;
    }

    /** Returns the states' names, calm first: {@code S1}, {@code S2}, {@code V1}, … */
    List<String> names() {
        return figures.stream().map(StateFigures::name).toList();
    }

    /** Returns the letters of the states' regimes, calm first: {@code SSSVVC}. */
    String letters() {
        StringBuilder letters = new StringBuilder();
        figures.forEach(state -> letters.append(state.name().charAt(0)));
        return letters.toString();
    }

    /** Returns the place of each state in the order, calm first. */
    byte[] places() {
        byte[] places = new byte[calmFirst.size()];
        for (int place = 0; place < places.length; place++) {
            places[calmFirst.get(place)] = (byte) place;
        }
        return places;
    }

    /** Returns the model's transition probabilities between states, calm first. */
    Transitions transitions() {
        int n = calmFirst.size();
        double[] all = parameters.transition();
        double[] ordered = new double[n * n];
        for (int cell = 0; cell < ordered.length; cell++) {
            ordered[cell] = all[calmFirst.get(cell / n) * n + calmFirst.get(cell % n)];
        }
        return Transitions.of(names(), ordered);
    }

    /** Returns the chain of states lumped into regimes. */
    LumpedChain regimes() {
        int[] regimeOf = labelling.mapping().regimes().stream().mapToInt(Regime::ordinal).toArray();
        return new LumpedChain(
                parameters.stationary(), parameters.transition(), regimeOf, REGIMES.size());
    }
}

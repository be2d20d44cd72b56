package io.microstream.models.hmm;

import io.microstream.models.features.OrderedTasks;
import java.util.ArrayList;
import java.util.List;

/**
 * The E-step over many sequences, by several threads.
 *
 * <p>Consecutive sequences form groups of at least {@value #GROUP_ROWS} rows, whatever the number
 * of threads; each group is summed up on its own and the groups are added in their order, so the
 * result is the same at any number of threads. A single long sequence is one piece of work.
 */
final class ExpectationStep {

    static final int GROUP_ROWS = 16_384;

    private final Observations observations;
    private final int[] firstRows;
    private final int[] groups;
    private final int threads;

    ExpectationStep(Observations observations, int threads) {
        this.observations = observations;
        this.firstRows = observations.firstRows();
        this.groups = groups(observations);
        this.threads = threads;
    }

    /** First sequence of each group, and the number of sequences at the end. */
    private static int[] groups(Observations observations) {
        List<Integer> bounds = new ArrayList<>();
        bounds.add(0);
        int rows = 0;
        for (int sequence = 0; sequence < observations.sequences(); sequence++) {
            rows += observations.lengths()[sequence];
            if (rows >= GROUP_ROWS || sequence + 1 == observations.sequences()) {
                bounds.add(sequence + 1);
                rows = 0;
            }
        }
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Statistics of all rows under the parameters, in the fastest way that is right. */
    SufficientStatistics run(HmmParameters parameters) {
        return run(parameters, true);
    }

    SufficientStatistics run(HmmParameters parameters, boolean scaled) {
        List<SufficientStatistics> parts =
                OrderedTasks.run(
                        threads, groups.length - 1, group -> group(parameters, group, scaled));
        SufficientStatistics total = parts.get(0);
        for (SufficientStatistics part : parts.subList(1, parts.size())) {
            total.add(part);
        }
        return total;
    }

    private SufficientStatistics group(HmmParameters parameters, int group, boolean scaled) {
        SequenceExpectation expectation =
                scaled ? new ScaledExpectation(parameters) : new LogExpectation(parameters);
        SufficientStatistics total = statistics(parameters);
        for (int sequence = groups[group]; sequence < groups[group + 1]; sequence++) {
            SufficientStatistics own = statistics(parameters);
            if (!accumulate(expectation, sequence, own)) {
                own = statistics(parameters);
                accumulate(new LogExpectation(parameters), sequence, own);
            }
            total.add(own);
        }
        return total;
    }

    private boolean accumulate(
            SequenceExpectation expectation, int sequence, SufficientStatistics into) {
        return expectation.accumulate(
                observations.values(), firstRows[sequence], observations.lengths()[sequence], into);
    }

    private static SufficientStatistics statistics(HmmParameters parameters) {
        return new SufficientStatistics(parameters.states(), parameters.dimension());
    }
}

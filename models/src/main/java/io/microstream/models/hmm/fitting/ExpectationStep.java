package io.microstream.models.hmm.fitting;

import io.microstream.models.features.OrderedTasks;
import io.microstream.models.hmm.inference.HmmParameters;
import io.microstream.models.hmm.inference.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

/**
 * Computes the E-step over many sequences on several threads.
 *
 * <p>Consecutive sequences form groups of at least {@value #GROUP_ROWS} rows, whatever the number
 * of threads; each group is summed up on its own and the groups are added in their order, so the
 * result is the same at any number of threads. A sequence that is longer than a thread's fair share
 * is done by two threads, half each.
 */
public final class ExpectationStep {

    static final int GROUP_ROWS = 16_384;

    private final Observations observations;
    private final int[] firstRows;
    private final int[] groups;
    private final int threads;
    private final Queue<ScaledExpectation> idle = new ConcurrentLinkedQueue<>();

    public ExpectationStep(Observations observations, int threads) {
        this.observations = observations;
        this.firstRows = observations.firstRows();
        this.groups = groups(observations);
        this.threads = threads;
    }

    /** Returns the first sequence of each group, and the number of sequences at the end. */
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

    /**
     * Returns the statistics of all rows under the parameters, by the fastest method that is
     * accurate.
     */
    SufficientStatistics run(HmmParameters parameters) {
        return run(parameters, true);
    }

    SufficientStatistics run(HmmParameters parameters, boolean scaled) {
        SufficientStatistics[] parts = new SufficientStatistics[groups.length - 1];
        List<Integer> shared = new ArrayList<>();
        for (int group = 0; group < parts.length; group++) {
            if (scaled && threads > 1 && isLong(group)) {
                parts[group] = byTwo(parameters, group);
            } else {
                shared.add(group);
            }
        }
        OrderedTasks.run(
                threads,
                shared.size(),
                i -> parts[shared.get(i)] = group(parameters, shared.get(i), scaled));
        SufficientStatistics total = parts[0];
        for (int group = 1; group < parts.length; group++) {
            total.add(parts[group]);
        }
        return total;
    }

    /**
     * Returns whether a group is one sequence so long that it would keep a thread busy after all
     * others have finished.
     */
    private boolean isLong(int group) {
        long rows = observations.lengths()[groups[group]];
        return groups[group + 1] == groups[group] + 1 && rows * 4 * threads > observations.rows();
    }

    private SufficientStatistics byTwo(HmmParameters parameters, int group) {
        int sequence = groups[group];
        ScaledExpectation expectation = workspace(parameters);
        expectation.begin(
                parameters,
                observations.values(),
                firstRows[sequence],
                observations.lengths()[sequence]);
        SufficientStatistics own = statistics(parameters);
        both(expectation::outward);
        boolean isSafe = expectation.meet();
        if (isSafe) {
            both(expectation::homeward);
            isSafe = expectation.end(own);
        }
        idle.add(expectation);
        return isSafe ? own : logarithmic(parameters, sequence);
    }

    private static void both(IntConsumer half) {
        OrderedTasks.run(
                2,
                2,
                i -> {
                    half.accept(i);
                    return i;
                });
    }

    private SufficientStatistics group(HmmParameters parameters, int group, boolean scaled) {
        ScaledExpectation expectation = workspace(parameters);
        SufficientStatistics total = statistics(parameters);
        for (int sequence = groups[group]; sequence < groups[group + 1]; sequence++) {
            boolean isSafe =
                    scaled
                            && expectation.accumulate(
                                    parameters,
                                    observations.values(),
                                    firstRows[sequence],
                                    observations.lengths()[sequence],
                                    total);
            if (!isSafe) {
                total.add(logarithmic(parameters, sequence));
            }
        }
        idle.add(expectation);
        return total;
    }

    private SufficientStatistics logarithmic(HmmParameters parameters, int sequence) {
        SufficientStatistics own = statistics(parameters);
        new LogExpectation(parameters)
                .accumulate(
                        observations.values(),
                        firstRows[sequence],
                        observations.lengths()[sequence],
                        own);
        return own;
    }

    private ScaledExpectation workspace(HmmParameters parameters) {
        ScaledExpectation expectation = idle.poll();
        return expectation == null
                ? new ScaledExpectation(parameters.states(), parameters.dimension())
                : expectation;
    }

    private static SufficientStatistics statistics(HmmParameters parameters) {
        return new SufficientStatistics(parameters.states(), parameters.dimension());
    }
}

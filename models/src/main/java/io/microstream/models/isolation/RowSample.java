package io.microstream.models.isolation;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws rows without replacement, in time and memory of the sample and not of the population.
 *
 * <p>Source: R. Floyd in J. Bentley, Programming Pearls: A Sample of Brilliance, CACM 30(9), 1987.
 */
final class RowSample {

    private RowSample() {}

    /** Returns {@code size} distinct numbers of 0 … {@code population − 1}. */
    static int[] draw(int population, int size, SplittableRandom random) {
        int[] sample = new int[size];
        Set<Integer> taken = new HashSet<>(2 * size);
        for (int i = 0; i < size; i++) {
            int last = population - size + i;
            int drawn = random.nextInt(last + 1);
            sample[i] = taken.add(drawn) ? drawn : last;
            taken.add(sample[i]);
        }
        return sample;
    }
}

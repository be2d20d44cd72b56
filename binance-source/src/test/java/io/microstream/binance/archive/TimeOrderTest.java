package io.microstream.binance.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeOrderTest {

    private static final long FIRST = Long.MIN_VALUE / 2;

    /** The naive twin tries every subset of up to ten times. */
    @Test
    void theFewestTimesThatBreakTheOrderAreOutliers() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            long[] times = random.longs(1 + random.nextInt(10), 0, 12).toArray();
            boolean[] outlier = judged(times, FIRST, 0);
            assertThat(count(outlier)).as("seed=%d", seed).isEqualTo(fewest(times));
            assertInOrder(times, outlier, 0, seed);
        }
    }

    @Test
    void whatLiesWithinTheToleranceOfTheOrderStays() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            long[] times = random.longs(1 + random.nextInt(40), 0, 60).toArray();
            boolean[] strict = judged(times, FIRST, 0);
            boolean[] tolerant = judged(times, FIRST, 5);
            assertThat(count(tolerant)).as("seed=%d", seed).isLessThanOrEqualTo(count(strict));
            assertInOrder(times, tolerant, 5, seed);
        }
        assertThat(judged(new long[] {100, 97, 101}, FIRST, 5))
                .containsExactly(false, false, false);
    }

    @Test
    void timesBeforeTheFloorAreOutliers() {
        assertThat(judged(new long[] {3, 10, 4, 11}, 10, 0))
                .containsExactly(true, false, true, false);
    }

    private static boolean[] judged(long[] times, long floor, long tolerance) {
        boolean[] outlier = new boolean[times.length];
        new TimeOrder(64).judge(times, times.length, floor, tolerance, outlier);
        return outlier;
    }

    private static void assertInOrder(long[] times, boolean[] outlier, long tolerance, int seed) {
        long newest = FIRST;
        for (int i = 0; i < times.length; i++) {
            if (!outlier[i]) {
                assertThat(times[i]).as("seed=%d", seed).isGreaterThanOrEqualTo(newest - tolerance);
                newest = Math.max(newest, times[i]);
            }
        }
    }

    private static int count(boolean[] outlier) {
        int count = 0;
        for (boolean each : outlier) {
            count += each ? 1 : 0;
        }
        return count;
    }

    private static int fewest(long[] times) {
        int fewest = times.length;
        for (int kept = 0; kept < 1 << times.length; kept++) {
            long newest = FIRST;
            boolean inOrder = true;
            for (int i = 0; i < times.length; i++) {
                if ((kept >> i & 1) == 1) {
                    inOrder &= times[i] >= newest;
                    newest = times[i];
                }
            }
            fewest = inOrder ? Math.min(fewest, times.length - Integer.bitCount(kept)) : fewest;
        }
        return fewest;
    }
}

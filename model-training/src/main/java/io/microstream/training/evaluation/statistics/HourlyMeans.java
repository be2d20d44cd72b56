package io.microstream.training.evaluation.statistics;

/** Computes means over minutes from the sums and counts of their hours. */
final class HourlyMeans {

    private HourlyMeans() {}

    /**
     * Returns the mean when every hour counts as often as it was drawn; NaN if no minute was drawn.
     */
    static double mean(double[] sums, int[] counts, short[] drawn) {
        double sum = 0;
        long count = 0;
        for (int hour = 0; hour < sums.length; hour++) {
            sum += drawn[hour] * sums[hour];
            count += (long) drawn[hour] * counts[hour];
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}

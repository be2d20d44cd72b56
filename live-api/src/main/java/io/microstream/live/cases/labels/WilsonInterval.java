package io.microstream.live.cases.labels;

/**
 * Where a proportion lies with 95 % confidence, by Wilson's score interval: unlike the usual
 * approximation it holds for few trials and for proportions near 0 and 1.
 *
 * <p>Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
 * JASA 22 (1927).
 *
 * @param low 0 … 1
 * @param high 0 … 1
 */
record WilsonInterval(double low, double high) {

    /** The normal distribution's 97.5 % point. */
    private static final double Z = 1.959963984540054;

    /**
     * @param trials ≥ 1
     */
    static WilsonInterval of(long successes, long trials) {
        double p = successes / (double) trials;
        double z2 = Z * Z / trials;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(p * (1 - p) / trials + z2 / 4 / trials) / (1 + z2);
        return new WilsonInterval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}

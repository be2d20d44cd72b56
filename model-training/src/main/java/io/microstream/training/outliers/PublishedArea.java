package io.microstream.training.outliers;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Areas under the ROC curve published for the isolation forest with 100 trees of 256 rows.
 *
 * <p>Sources: F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM 2008, as quoted in the
 * README of linkedin/isolation-forest; that README's own means of ten runs; scikit-learn 1.2.1
 * measured with ten seeds. NaN where there is no figure.
 *
 * @param name of the set
 * @param rows of the set there; 0 where not stated
 * @param features of the set there; 0 where not stated
 * @param liu the paper's, to two digits
 * @param linkedIn mean of ten runs
 * @param scikitLearn mean of ten seeds
 * @param scikitLearnLeast of ten seeds
 * @param scikitLearnGreatest of ten seeds
 * @param tolerance how far a mean over ten seeds may lie from {@code linkedIn}
 */
public record PublishedArea(
        String name,
        int rows,
        int features,
        double liu,
        double linkedIn,
        double scikitLearn,
        double scikitLearnLeast,
        double scikitLearnGreatest,
        double tolerance) {

    private static final double NONE = Double.NaN;

    private static final List<PublishedArea> ALL =
            List.of(
                    new PublishedArea("annthyroid", 0, 0, .82, .813, NONE, NONE, NONE, .03),
                    new PublishedArea("arrhythmia", 0, 0, .80, .8064, NONE, NONE, NONE, .02),
                    new PublishedArea("breastw", 683, 9, .99, .9864, .9873, .986, .990, .02),
                    new PublishedArea("forestcover", 0, 0, .88, .882, NONE, NONE, NONE, .02),
                    new PublishedArea("http", 0, 0, 1.00, .9997, NONE, NONE, NONE, .02),
                    new PublishedArea("ionosphere", 351, 34, .85, .8443, .8557, .845, .870, .02),
                    new PublishedArea("mammography", 11_183, 6, .86, .8649, NONE, NONE, NONE, .02),
                    new PublishedArea("mulcross", 262_144, 4, .97, .9910, .9943, NONE, NONE, .02),
                    new PublishedArea("pima", 768, 8, .67, .668, .6707, .660, .683, .02),
                    new PublishedArea("satellite", 6_435, 36, .71, .717, .7008, .671, .730, .03),
                    new PublishedArea("shuttle", 49_097, 9, 1.00, .9971, .9970, .996, .998, .02),
                    new PublishedArea("smtp", 0, 0, .88, .9099, NONE, NONE, NONE, .02));

    /**
     * Returns the figures published for a set; empty if none are known.
     *
     * @param rows that were read; a set of the same name with another number of rows is a different
     *     set
     */
    public static Optional<PublishedArea> of(String name, int rows) {
        return ALL.stream()
                .filter(area -> area.name.equals(name))
                .filter(area -> area.rows == 0 || area.rows == rows)
                .findFirst();
    }

    /** Returns the number of rows of the set of this name; empty if it is not known. */
    static OptionalDouble rowsOf(String name) {
        return ALL.stream()
                .filter(area -> area.name.equals(name) && area.rows > 0)
                .mapToDouble(PublishedArea::rows)
                .findFirst();
    }

    /** Returns whether a mean lies within the tolerance of LinkedIn's. */
    public boolean admits(double mean) {
        return Math.abs(mean - linkedIn) <= tolerance;
    }
}

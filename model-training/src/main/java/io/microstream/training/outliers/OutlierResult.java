package io.microstream.training.outliers;

import io.microstream.models.evaluation.MeanAndError;
import io.microstream.models.evaluation.RankingQuality;
import java.util.List;
import java.util.Optional;

/**
 * The quality with which forests of several seeds rank the rows of one set.
 *
 * @param name of the set
 * @param rows number of rows, outliers among them
 * @param features number of columns without the label
 * @param outliers number of outliers
 * @param bySeed quality with seed 1, 2, …
 * @param published figures to compare with, if the set is known
 * @param gate whether the mean is as published; empty where that is not checked
 */
public record OutlierResult(
        String name,
        int rows,
        int features,
        int outliers,
        List<RankingQuality> bySeed,
        Optional<PublishedArea> published,
        Optional<Boolean> gate) {

    static OutlierResult of(
            LabelledRows set, List<RankingQuality> bySeed, OutlierSettings settings) {
        int rows = set.features().rows();
        Optional<PublishedArea> published = PublishedArea.of(set.name(), rows);
        double mean = areaUnderRoc(bySeed).mean();
        return new OutlierResult(
                set.name(),
                rows,
                set.features().columns(),
                set.outliers(),
                List.copyOf(bySeed),
                published,
                published.filter(area -> settings.areThePapers()).map(area -> area.admits(mean)));
    }

    /** Returns mean and standard error of the area under the ROC curve over all seeds. */
    public MeanAndError areaUnderRoc() {
        return areaUnderRoc(bySeed);
    }

    private static MeanAndError areaUnderRoc(List<RankingQuality> bySeed) {
        return MeanAndError.of(bySeed.stream().mapToDouble(RankingQuality::areaUnderRoc).toArray());
    }

    /** Returns mean and standard error of the average precision over all seeds. */
    public MeanAndError averagePrecision() {
        return MeanAndError.of(
                bySeed.stream().mapToDouble(RankingQuality::averagePrecision).toArray());
    }
}

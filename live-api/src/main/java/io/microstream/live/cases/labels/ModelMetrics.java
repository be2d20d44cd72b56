package io.microstream.live.cases.labels;

import static io.microstream.live.cases.labels.Label.Verdict.FALSE;
import static io.microstream.live.cases.labels.Label.Verdict.TRUE;
import static io.microstream.live.cases.labels.Label.Verdict.UNCLEAR;

import java.util.List;

/**
 * The metrics of one version of a model, by the labels.
 *
 * @param sign {@code ISOLATION} or {@code SURPRISE}
 * @param labelled minutes that it judged
 * @param labelledTrue of them
 * @param labelledFalse of them
 * @param unclear of them, disagreements included; they count in nothing else
 * @param flaggedTrue flagged, and true
 * @param flaggedFalse flagged, and false
 * @param precision share of the flagged ones that are true; null if none is flagged
 * @param precisionLow of its 95 % interval; null with it
 * @param precisionHigh of its 95 % interval; null with it
 * @param recall share of the true ones that are flagged; null if none is true
 * @param areaUnderRoc of its score; null unless some are true and some false
 * @param averagePrecision of its score; null with it
 */
public record ModelMetrics(
        String sign,
        String modelId,
        long modelVersion,
        long labelled,
        long labelledTrue,
        long labelledFalse,
        long unclear,
        long flaggedTrue,
        long flaggedFalse,
        Double precision,
        Double precisionLow,
        Double precisionHigh,
        Double recall,
        Double areaUnderRoc,
        Double averagePrecision) {

    /**
     * @param scores of one sign and version, at least one
     */
    static ModelMetrics of(List<LabelledScore> scores) {
        LabelledScore any = scores.get(0);
        long trues = count(scores, TRUE, false);
        long hits = count(scores, TRUE, true);
        long alarms = count(scores, FALSE, true);
        WilsonInterval interval =
                hits + alarms == 0 ? null : WilsonInterval.of(hits, hits + alarms);
        LabelledRanking ranking =
                LabelledRanking.of(scores.stream().filter(s -> s.verdict() != UNCLEAR).toList());
        return new ModelMetrics(
                any.sign().name(),
                any.modelId(),
                any.modelVersion(),
                scores.size(),
                trues,
                count(scores, FALSE, false),
                count(scores, UNCLEAR, false),
                hits,
                alarms,
                share(hits, hits + alarms),
                interval == null ? null : (Double) interval.low(),
                interval == null ? null : (Double) interval.high(),
                share(hits, trues),
                ranking == null ? null : (Double) ranking.areaUnderRoc(),
                ranking == null ? null : (Double) ranking.averagePrecision());
    }

    private static long count(
            List<LabelledScore> scores, Label.Verdict verdict, boolean flaggedOnly) {
        return scores.stream()
                .filter(s -> s.verdict() == verdict && (s.flagged() || !flaggedOnly))
                .count();
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : (Double) (part / (double) whole);
    }
}

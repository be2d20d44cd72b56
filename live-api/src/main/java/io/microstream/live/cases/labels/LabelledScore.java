package io.microstream.live.cases.labels;

/**
 * What a model said of a minute that was labelled.
 *
 * @param sign which of the two signs of anomaly
 * @param modelId the model
 * @param modelVersion and its version
 * @param verdict what was said of the minute; {@link Label.Verdict#UNCLEAR} where analysts disagree
 * @param score higher is stranger; NaN if there is none
 * @param flagged true if the score was over the model's limit
 */
record LabelledScore(
        Sign sign,
        String modelId,
        long modelVersion,
        Label.Verdict verdict,
        double score,
        boolean flagged) {

    /** Two ways of being out of the ordinary. */
    enum Sign {
        /** A minute unlike most: the isolation score. */
        ISOLATION,
        /** A minute the regime model did not expect: the surprise. */
        SURPRISE
    }
}

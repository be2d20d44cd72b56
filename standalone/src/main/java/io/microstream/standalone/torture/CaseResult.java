package io.microstream.standalone.torture;

/**
 * What became of a job that was disturbed.
 *
 * @param fault what was done
 * @param faults how often
 * @param bars that it wrote
 * @param lostTrades trades of the undisturbed run that its bars lack
 * @param extraTrades trades that its bars count beyond those of the undisturbed run
 * @param isEqual whether every table has the fingerprint of the undisturbed run
 * @param slowestMs longest time from a fault until results came again, milliseconds
 */
public record CaseResult(
        FaultCase fault,
        int faults,
        long bars,
        long lostTrades,
        long extraTrades,
        boolean isEqual,
        long slowestMs) {}

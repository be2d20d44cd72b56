package io.microstream.training.evaluation.statistics;

/**
 * A run of consecutive minutes without a bar.
 *
 * @param part {@code training} or {@code hold-out}: where the bar after the gap belongs
 * @param fromMs first missing minute, milliseconds since the epoch
 * @param from the same in UTC
 * @param to last missing minute
 * @param minutes missing
 */
public record Gap(String part, long fromMs, String from, String to, long minutes) {}

/**
 * The Flink job from trades to stored results. {@link io.microstream.job.MarketJob#define} is the
 * topology; its sources and sinks are arguments. The packages below do not import one another,
 * except that all may use {@code config}, that {@code ends} implements what {@code features} asks
 * for, and that {@code main} puts them together.
 */
package io.microstream.job;

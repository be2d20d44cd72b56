/**
 * The Flink job from trades to stored results. {@link io.microstream.job.MarketJob#define} is the
 * picture of it; its ends are arguments. The rooms below never import each other.
 */
package io.microstream.job;

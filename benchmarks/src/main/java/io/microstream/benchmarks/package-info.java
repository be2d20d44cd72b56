/**
 * JMH benchmarks of the hot path, on simulated markets of a fixed seed: time and allocated bytes
 * for each frame, trade, row, bar and vector.
 */
package io.microstream.benchmarks;

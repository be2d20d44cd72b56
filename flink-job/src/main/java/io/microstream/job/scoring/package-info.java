/**
 * Computes regimes and anomalies from feature vectors, by models that arrive as a broadcast stream.
 */
package io.microstream.job.scoring;

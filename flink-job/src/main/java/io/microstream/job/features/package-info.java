/** Makes feature vectors from bars, by the same arithmetic as training. */
package io.microstream.job.features;

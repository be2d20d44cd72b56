/** Feature vectors from bars, with the arithmetic that training shares. */
package io.microstream.job.features;

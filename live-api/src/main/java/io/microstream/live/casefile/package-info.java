/**
 * The evidence around a moment as one file, and what analysts say about minutes: their labels, and
 * how the models fare by them.
 */
package io.microstream.live.casefile;

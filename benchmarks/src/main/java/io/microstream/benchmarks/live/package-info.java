/**
 * The live feed as a whole, measured against an exchange in a process of its own: what it sustains,
 * what it keeps in memory while nobody takes its trades, how fast it makes up for what it missed.
 */
package io.microstream.benchmarks.live;

/** Puts flaws into the rows of a dump on purpose, and reports each of them. */
package io.microstream.binance.replay.flaws;

/** What a reader has to read of a symbol and how far it is, in memory and in checkpoints. */
package io.microstream.binance.source.split;

/**
 * Synthesized markets in Binance's formats: trades whose bars equal given klines exactly, a
 * simulated market whose regimes are known, the dump files of both, and flaws put into them on
 * purpose.
 */
package io.microstream.binance.replay;

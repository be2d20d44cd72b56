/** Writes dump files as Binance publishes them: aggregate trades and one-minute klines. */
package io.microstream.binance.replay.dump;

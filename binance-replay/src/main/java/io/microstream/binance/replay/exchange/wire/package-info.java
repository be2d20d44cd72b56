/** Writes the JSON that the exchange sends: messages of streams and answers of REST. */
package io.microstream.binance.replay.exchange.wire;

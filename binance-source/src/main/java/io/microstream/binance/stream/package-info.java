/**
 * Binance's market streams: WebSocket connections whose reading never stops and whose memory is
 * bounded, and a parser of their frames that makes no garbage and never throws on bad data. Plain
 * JDK.
 */
package io.microstream.binance.stream;

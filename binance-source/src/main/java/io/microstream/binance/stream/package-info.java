/**
 * The frames of Binance's market streams: a parser that makes no garbage and never throws on bad
 * data. Plain JDK.
 */
package io.microstream.binance.stream;

/**
 * What Binance sends, as values: frames of its streams and answers of its REST interface, parsed
 * from bytes. The parser of frames makes no garbage and never throws on bad data.
 */
package io.microstream.binance.wire;

/**
 * Binance's trades as a Flink source: {@link io.microstream.binance.source.BinanceSource} reads
 * recordings, REST history and the live stream of each symbol in the order of its trade ids. What
 * it emits is a {@link io.microstream.market.FeedEvent}.
 */
package io.microstream.binance.source;

/** Order books: one that follows the trades of a synthesized market, and what it publishes. */
package io.microstream.binance.replay.exchange.book;

/** What goes wrong on the exchange: the faults, scripts of them, and their seeded planning. */
package io.microstream.binance.replay.exchange.faults;

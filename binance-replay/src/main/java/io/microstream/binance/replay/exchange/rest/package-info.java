/**
 * The exchange's REST side: market data endpoints, weights, bans and what can go wrong with them.
 */
package io.microstream.binance.replay.exchange.rest;

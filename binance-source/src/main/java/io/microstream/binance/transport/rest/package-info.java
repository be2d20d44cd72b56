/**
 * Binance's public REST interface: one thread, one budget of weight, typed failures. No Flink here.
 *
 * <p>{@link io.microstream.binance.transport.rest.BinanceRest} asks on an event loop, {@link
 * io.microstream.binance.transport.rest.BlockingRest} on the caller's thread.
 */
package io.microstream.binance.transport.rest;

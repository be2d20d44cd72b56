/**
 * Threads and their time: one event loop for everything that must agree. Its clock is an argument,
 * so that time can be simulated.
 */
package io.microstream.binance.transport.loop;

/**
 * One thread for everything that must agree: the clock is an argument, so time can be simulated.
 */
package io.microstream.binance.loop;

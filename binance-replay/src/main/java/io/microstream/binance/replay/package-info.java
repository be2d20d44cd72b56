/**
 * Synthesized markets in Binance's formats, and an exchange on loopback that plays any market. This
 * package holds the seeded chance that all rooms draw from.
 */
package io.microstream.binance.replay;

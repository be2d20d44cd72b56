/**
 * The vocabulary and the arithmetic of the market: what every module speaks, on the plain JDK.
 *
 * <p>Prices and quantities are {@code long} in units of 1e-8 ({@link
 * io.microstream.market.Decimal8}), sums are exact ({@link io.microstream.market.ExactSum});
 * doubles begin at features.
 */
package io.microstream.market;

/**
 * Case files: the trades, results, models and a chart around one minute as one ZIP, with a check
 * that the stored bars follow from the trades.
 */
package io.microstream.live.cases;

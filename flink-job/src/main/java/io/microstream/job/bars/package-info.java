/**
 * Makes one-minute bars from trades: when a minute is closed, what revises it, which trades are
 * late.
 */
package io.microstream.job.bars;

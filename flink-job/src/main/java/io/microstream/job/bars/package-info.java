/** One-minute bars from trades: when a minute is over, what revises it, which trades are late. */
package io.microstream.job.bars;

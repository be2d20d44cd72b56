/** Verdicts of analysts on minutes, and how well each model version agrees with them. */
package io.microstream.live.cases.labels;

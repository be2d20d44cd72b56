/** Reads rows of MicroStream's tables: queries, pages, roll-ups, and the connections below them. */
package io.microstream.live.rows;

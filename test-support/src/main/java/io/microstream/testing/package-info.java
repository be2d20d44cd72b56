/**
 * What the tests of several modules share: a PostgreSQL and databases on it, the TimescaleDB and
 * the data that a machine may have, builders of trades and bars, and what compares labellings.
 */
package io.microstream.testing;

/**
 * What the tests of several modules share: a PostgreSQL and databases on it, the TimescaleDB and
 * the data that a machine may have, and builders of trades and bars.
 */
package io.microstream.testing;

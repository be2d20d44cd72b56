package io.microstream.job.sinks.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Where batches of rows are written to; may go away and come back. */
interface UpsertTarget {

    /** Writes rows and commits them; connects first where there is no connection. */
    void write(List<Object[]> rows) throws SQLException;

    /** Returns true if there was a connection and it no longer answers. */
    boolean isConnectionLost();

    /** Drops the connection, if there is one; never throws. */
    void disconnect();
}

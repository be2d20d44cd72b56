package io.microstream.standalone.runtime;

import io.microstream.job.sinks.jdbc.Database;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.UserError;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads results for the console through a connection that is opened anew after an outage of the
 * database: the job outlives one, so what only shows it must too.
 */
final class ResultsInTurn implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResultsInTurn.class);

    private final Database database;
    private Results results;

    /** What is shown of the results. */
    interface Use {
        void of(Results results) throws Exception;
    }

    ResultsInTurn(Database database) {
        this.database = database;
        this.results = Results.of(database);
    }

    /** Calls {@code use} unless the database is away. */
    void with(Use use) throws Exception {
        try {
            use.of(results());
        } catch (SQLException | UserError e) {
            LOG.warn("Results not read, trying again: database={}", database, e);
            close();
        }
    }

    /**
     * Returns the results on an open connection.
     *
     * @throws UserError if the database refuses it
     */
    Results results() {
        if (results == null) {
            results = Results.of(database);
        }
        return results;
    }

    @Override
    public void close() {
        if (results != null) {
            try {
                results.close();
            } catch (SQLException e) {
                LOG.debug("Already closed", e);
            }
            results = null;
        }
    }
}

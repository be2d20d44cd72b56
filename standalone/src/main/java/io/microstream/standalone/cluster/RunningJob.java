package io.microstream.standalone.cluster;

import io.microstream.job.main.MarketJobMain;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/**
 * A job that a cluster knows.
 *
 * @param id under which the cluster knows it
 * @param name of the job
 * @param state where it is between submission and end
 * @param startMs when it was submitted, milliseconds since the epoch
 * @param parallelism of its widest operator
 * @param parameters what the job says of itself; empty if it is not one of ours
 */
public record RunningJob(
        JobID id,
        String name,
        JobStatus state,
        long startMs,
        int parallelism,
        Map<String, String> parameters) {

    private static final String ALL = "*";

    /** Returns a parameter; a dash if the job does not say. */
    public String parameter(String key) {
        return parameters.getOrDefault(key, "-");
    }

    /** Returns whether both jobs write rows of a same symbol into a same database. */
    boolean writesSameRowsAs(Map<String, String> other) {
        if (state.isGloballyTerminalState()
                || !parameter(MarketJobMain.DATABASE).equals(other.get(MarketJobMain.DATABASE))) {
            return false;
        }
        List<String> mine = symbols(parameters);
        List<String> theirs = symbols(other);
        return mine.contains(ALL)
                || theirs.contains(ALL)
                || mine.stream().anyMatch(theirs::contains);
    }

    private static List<String> symbols(Map<String, String> parameters) {
        return Arrays.asList(parameters.getOrDefault(MarketJobMain.SYMBOLS, "").split(","));
    }
}

package io.microstream.standalone.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Gathers the metrics {@code waitingFor} and {@code waitingMs} of all tasks of a cluster in this
 * process, so that the console can show what a run is waiting for.
 */
public final class WaitMetrics implements MetricReporter {

    private static final String WAITING_FOR = "waitingFor";
    private static final String WAITING_MS = "waitingMs";
    private static final String CLUSTER = "cluster";

    /** The reporters of this process, by the name that their cluster was given. */
    private static final Map<String, WaitMetrics> OPEN = new ConcurrentHashMap<>();

    private final Map<String, Gauge<?>> causes = new ConcurrentHashMap<>();
    private final Map<String, Gauge<?>> ages = new ConcurrentHashMap<>();

    /** Creates the reporters; Flink finds it as a service. */
    public static final class Factory implements MetricReporterFactory {

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            WaitMetrics created = new WaitMetrics();
            OPEN.put(properties.getProperty(CLUSTER, ""), created);
            return created;
        }
    }

    /** Adds the reporter to a cluster's configuration. */
    static void addTo(Configuration settings, String cluster) {
        settings.setString("metrics.reporters", "waits");
        settings.setString("metrics.reporter.waits.factory.class", Factory.class.getName());
        settings.setString("metrics.reporter.waits." + CLUSTER, cluster);
    }

    /** Returns the age in milliseconds of each wait, the longest where several tasks wait. */
    static Map<String, Long> waits(String cluster) {
        WaitMetrics metrics = OPEN.get(cluster);
        Map<String, Long> waits = new HashMap<>();
        if (metrics != null) {
            metrics.causes.forEach(
                    (scope, cause) -> {
                        String what = String.valueOf(cause.getValue());
                        Gauge<?> age = metrics.ages.get(scope);
                        if (!what.isEmpty() && age != null) {
                            waits.merge(what, ((Number) age.getValue()).longValue(), Math::max);
                        }
                    });
        }
        return waits;
    }

    static void forget(String cluster) {
        OPEN.remove(cluster);
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge) {
            if (name.equals(WAITING_FOR)) {
                causes.put(scope(group), gauge);
            } else if (name.equals(WAITING_MS)) {
                ages.put(scope(group), gauge);
            }
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals(WAITING_FOR)) {
            causes.remove(scope(group));
        } else if (name.equals(WAITING_MS)) {
            ages.remove(scope(group));
        }
    }

    /** Flink wraps the group anew for each metric; its scope is what both metrics share. */
    private static String scope(MetricGroup group) {
        return group.getMetricIdentifier("");
    }
}

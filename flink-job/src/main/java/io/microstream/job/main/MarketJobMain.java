package io.microstream.job.main;

import io.microstream.job.MarketJob;
import io.microstream.job.config.DatabaseConfig;
import io.microstream.job.config.JobConfig;
import io.microstream.job.ends.ConfiguredSources;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.job.sinks.jdbc.TimescaleSinks;
import io.microstream.job.sinks.jdbc.Writing;
import io.microstream.tables.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job as a program: reads its configuration, defines the topology and executes it. */
public final class MarketJobMain {

    /** The job's name at the cluster. */
    public static final String NAME = "MicroStream";

    /**
     * Parameter of a job that names its symbols, separated by commas; {@code *} for all that its
     * files hold.
     */
    public static final String SYMBOLS = "microstream.symbols";

    /** Parameter of a job that names host, port and name of its database. */
    public static final String DATABASE = "microstream.database";

    private static final String CONFIG = "--config=";
    private static final String CONFIG_VARIABLE = "MICROSTREAM_CONFIG";

    private MarketJobMain() {}

    /**
     * Runs the job in the environment that Flink gives.
     *
     * @param args {@code --config=FILE} and settings {@code --key=value}; {@code --help} prints the
     *     reference of all settings
     * @throws io.microstream.job.config.ConfigurationException that names everything that is wrong
     */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        if (List.of(args).contains("--help")) {
            System.out.println(JobConfig.reference());
            return;
        }
        JobConfig config = configuration(System.getenv(), List.of(args));
        config.lines().forEach(System.out::println);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        define(env, config);
        env.execute(NAME);
    }

    /** Returns the configuration that file, environment and arguments give together. */
    public static JobConfig configuration(Map<String, String> environment, List<String> args) {
        String file = environment.get(CONFIG_VARIABLE);
        List<String> settings = new ArrayList<>();
        for (String argument : args) {
            if (argument.startsWith(CONFIG)) {
                file = argument.substring(CONFIG.length());
            } else {
                settings.add(argument);
            }
        }
        return JobConfig.from(file == null ? null : Path.of(file), environment, settings);
    }

    /** Returns what a running job tells of itself at the cluster. */
    public static Map<String, String> described(JobConfig config) {
        Set<String> symbols = new TreeSet<>(config.source().symbols());
        return Map.of(
                SYMBOLS,
                symbols.isEmpty() ? "*" : String.join(",", symbols),
                DATABASE,
                Secrets.masked(config.database().url())
                        .replaceFirst("\\?.*", "")
                        .replaceFirst("^jdbc:postgresql:/*", ""));
    }

    /** Migrates the database's schema and adds the topology to {@code env}. */
    public static void define(StreamExecutionEnvironment env, JobConfig config) {
        DatabaseConfig given = config.database();
        Database database =
                new Database(given.url(), given.user(), given.password(), given.patience());
        Schema.migrate(database);
        Configuration parameters = new Configuration();
        parameters.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, described(config));
        env.configure(parameters);
        if (config.checkpointDirectory() != null) {
            Configuration settings = new Configuration();
            settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, config.checkpointDirectory());
            env.configure(settings);
        }
        MarketJob.define(
                env,
                config.pipeline(),
                ConfiguredSources.of(config, warning -> System.out.println("warning: " + warning)),
                new TimescaleSinks(
                        database,
                        (given.stamped() ? Writing.STAMPED : Writing.PLAIN)
                                .overwriting(given.overwrites())));
    }
}

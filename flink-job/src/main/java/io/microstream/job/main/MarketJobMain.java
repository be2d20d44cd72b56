package io.microstream.job.main;

import io.microstream.job.MarketJob;
import io.microstream.job.config.DatabaseConfig;
import io.microstream.job.config.JobConfig;
import io.microstream.job.ends.ConfiguredSources;
import io.microstream.job.sinks.jdbc.Database;
import io.microstream.job.sinks.jdbc.Schema;
import io.microstream.job.sinks.jdbc.TimescaleSinks;
import io.microstream.job.sinks.jdbc.Writing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job as a program: reads its configuration, defines the topology and executes it. */
public final class MarketJobMain {

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
        env.execute("MicroStream");
    }

    /** Returns the configuration that file, environment and arguments give together. */
    static JobConfig configuration(Map<String, String> environment, List<String> args) {
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

    /** Migrates the database's schema and adds the topology to {@code env}. */
    static void define(StreamExecutionEnvironment env, JobConfig config) {
        DatabaseConfig given = config.database();
        Database database =
                new Database(given.url(), given.user(), given.password(), given.patience());
        Schema.migrate(database);
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

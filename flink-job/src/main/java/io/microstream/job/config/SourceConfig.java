package io.microstream.job.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Where the trades of the job come from. */
public sealed interface SourceConfig {

    /**
     * An exchange that is followed.
     *
     * @param symbols to follow, upper case
     * @param streams scheme and host of the WebSocket streams
     * @param rest scheme and host of REST
     * @param since how long before the running minute the feed begins
     * @param inboxBytes unread messages that a connection may hold
     */
    record Live(Set<String> symbols, URI streams, URI rest, Duration since, int inboxBytes)
            implements SourceConfig {}

    /**
     * Recorded data, read to its end.
     *
     * @param kind of the files: {@code agg-trades}, {@code trades}, {@code capture} or {@code
     *     klines}
     * @param paths files or folders
     * @param symbols to read, upper case; empty for all
     * @param history klines from before the data, as files or folders; may be empty
     * @param speed event-time seconds a second; 0 for as fast as possible
     */
    record Recorded(
            String kind, List<Path> paths, Set<String> symbols, List<Path> history, double speed)
            implements SourceConfig {}
}

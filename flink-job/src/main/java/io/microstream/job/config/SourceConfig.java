package io.microstream.job.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The settings of the source of trades: an exchange or recorded files. */
public sealed interface SourceConfig {

    /** Returns the symbols to read, upper case; empty for all that recorded files hold. */
    Set<String> symbols();

    /**
     * A live feed of an exchange.
     *
     * @param symbols the symbols to read, upper case
     * @param streams the scheme and host of the WebSocket streams
     * @param rest the scheme and host of the REST interface
     * @param since how long before the running minute the feed begins
     * @param inboxBytes how many bytes of unread messages a connection may hold
     */
    record Live(Set<String> symbols, URI streams, URI rest, Duration since, int inboxBytes)
            implements SourceConfig {}

    /**
     * Recorded files that are read to their end.
     *
     * @param kind the kind of the files: {@code agg-trades}, {@code trades}, {@code capture} or
     *     {@code klines}
     * @param paths the files, or folders of them
     * @param symbols the symbols to read, upper case; empty for all
     * @param history files or folders of klines from before the data; may be empty
     * @param speed seconds of event time that are read in a second; 0 for as fast as possible
     * @param timeTolerance by how much times may step back in the order of ids
     */
    record Recorded(
            String kind,
            List<Path> paths,
            Set<String> symbols,
            List<Path> history,
            double speed,
            Duration timeTolerance)
            implements SourceConfig {}
}

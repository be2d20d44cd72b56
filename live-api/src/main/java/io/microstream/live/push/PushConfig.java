package io.microstream.live.push;

import java.time.Duration;

/**
 * How often the database is polled, and how much a client may ask for or leave unread.
 *
 * @param period between two polls of the database, while a client is subscribed
 * @param longestPause between two polls of a database that is unavailable
 * @param feed what is read and sent at once
 * @param clients limits of each client
 */
public record PushConfig(
        Duration period, Duration longestPause, FeedLimits feed, ClientLimits clients) {

    /**
     * Limits on what is read and sent at once.
     *
     * @param changesPerTable of one poll; with more, all clients get fresh snapshots
     * @param changesPerSymbol of one poll; with more, its clients get a fresh snapshot
     * @param updateBytes of one update; a client that would get more gets fresh snapshots
     * @param backlogBytes sent to a client and not read yet; beyond it the client gets no updates
     *     but fresh snapshots once it has caught up
     * @param snapshotEvery least time between two fresh snapshots of a symbol
     * @param joinBudget time of a poll to spend on snapshots, so that the other clients are not
     *     late
     * @param cursorEvery interval at which clients without changes get the newest cursor
     */
    public record FeedLimits(
            int changesPerTable,
            int changesPerSymbol,
            int updateBytes,
            long backlogBytes,
            Duration snapshotEvery,
            Duration joinBudget,
            Duration cursorEvery) {

        public FeedLimits {
            positive("changesPerTable", changesPerTable);
            positive("changesPerSymbol", changesPerSymbol);
            positive("updateBytes", updateBytes);
            positive("backlogBytes", backlogBytes);
            positive("cursorEvery", cursorEvery.toNanos());
        }

        /** Returns the defaults: a megabyte of backlog, 50 ms a poll for new subscriptions. */
        public static FeedLimits defaults() {
            return new FeedLimits(
                    20_000,
                    1_000,
                    1 << 19,
                    1 << 20,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(10));
        }
    }

    /**
     * Limits of a client.
     *
     * @param most more are refused with 4009
     * @param symbols one may follow
     * @param messageChars of its message; a longer one ends the connection with 1008
     * @param messagesPerSecond in the long run; three times that in a burst; 1008 beyond
     * @param badMessages until it is sent away with 1008
     * @param slowAfter one with a full backlog that takes nothing for so long is dropped with 4008
     * @param pingEvery between two pings; a ping is queued behind earlier messages
     * @param pongWithin one that owes the answer to a ping for so long is dropped with 4008
     */
    public record ClientLimits(
            int most,
            int symbols,
            int messageChars,
            int messagesPerSecond,
            int badMessages,
            Duration slowAfter,
            Duration pingEvery,
            Duration pongWithin) {

        public ClientLimits {
            positive("most", most);
            positive("symbols", symbols);
            positive("messageChars", messageChars);
            positive("messagesPerSecond", messagesPerSecond);
            positive("badMessages", badMessages);
            positive("slowAfter", slowAfter.toNanos());
            positive("pingEvery", pingEvery.toNanos());
            positive("pongWithin", pongWithin.toNanos());
        }

        /** Returns the defaults: a thousand clients of a hundred symbols each. */
        public static ClientLimits defaults() {
            return new ClientLimits(
                    1000,
                    100,
                    16_384,
                    20,
                    10,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15));
        }
    }

    public PushConfig {
        positive("period", period.toNanos());
        positive("longestPause", longestPause.toNanos());
    }

    /** Returns the defaults: ten polls a second. */
    public static PushConfig defaults() {
        return new PushConfig(
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                FeedLimits.defaults(),
                ClientLimits.defaults());
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "Out of range: " + name + "=" + value + ". Give more than 0");
        }
    }
}

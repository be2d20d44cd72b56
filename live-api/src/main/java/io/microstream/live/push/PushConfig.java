package io.microstream.live.push;

import java.time.Duration;

/**
 * How often clients are told, and how much one may ask or leave lying.
 *
 * @param period between two looks into the database, while someone listens
 * @param longestPause between two tries of a database that is away
 * @param feed what is read and told at once
 * @param clients what one of them may do
 */
public record PushConfig(
        Duration period, Duration longestPause, FeedLimits feed, ClientLimits clients) {

    /**
     * What is read and told at once.
     *
     * @param changesPerTable of one poll; more and everyone gets fresh snapshots
     * @param changesPerSymbol of one poll; more and its listeners get a fresh snapshot
     * @param updateBytes of one message of changes; whoever would get more gets fresh snapshots
     * @param backlogBytes told to a client and not taken yet; beyond it the client is told nothing
     *     more and gets fresh snapshots once it has caught up
     * @param snapshotEvery at most one unasked fresh snapshot of a symbol in this time
     * @param joinBudget of a poll to be spent on snapshots; beyond it the others would be late
     * @param cursorEvery a client without news is told the newest cursor so often
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

        /** Some megabytes at most for a client, a twentieth of a second for newcomers. */
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
     * What a client may do.
     *
     * @param most more are refused with 4009
     * @param symbols one may follow
     * @param messageChars of its message; a longer one ends the connection with 1008
     * @param messagesPerSecond in the long run; three times that in a burst; 1008 beyond
     * @param badMessages until it is sent away with 1008
     * @param slowAfter one with a full backlog that takes nothing for so long is dropped with 4008
     * @param pingEvery between two pings; a ping stands behind all that was told before
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

        /** A thousand clients of a hundred symbols each. */
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

    /** Ten looks a second. */
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

package io.microstream.standalone.runtime;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.RecordedTrades;
import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.Listing;
import io.microstream.binance.replay.exchange.server.LoopbackExchange;
import io.microstream.binance.source.BinanceSource;
import io.microstream.binance.source.BinanceSourceBuilder;
import io.microstream.binance.source.LiveConfig;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import io.microstream.standalone.report.FaultCheck;
import io.microstream.standalone.report.RecordedInput;
import io.microstream.standalone.report.ReplayReport;
import io.microstream.standalone.report.Results;
import io.microstream.standalone.report.RunInput;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays recorded trades from an exchange on loopback and provides the feed that follows it to the
 * last id.
 *
 * <p>At full speed the market waits for its subscribers, so its faults withhold the same trades in
 * every run. At a given speed it does not wait.
 */
final class PlayedExchange implements AutoCloseable {

    /** Factor by which pings and timeouts are shortened at full speed. */
    private static final double TIME_FACTOR = 20;

    /** Rows that the market may be ahead of the job at full speed; a real exchange disconnects. */
    private static final int LEAD = 300_000;

    /** Rows of lead until the feed has found its first trade, so that no fault comes before. */
    private static final int FIRST_LEAD = 100;

    /** Size of an inbox that holds the lead as messages. */
    private static final int INBOX_BYTES = 128 << 20;

    private final RecordedInput input;
    private final LoopbackExchange exchange;
    private final LiveConfig client;
    private final List<RecordedTrades> open;
    private final ExchangeJournal journal;
    private final boolean waiting;

    private PlayedExchange(
            RecordedInput input,
            LoopbackExchange exchange,
            LiveConfig client,
            List<RecordedTrades> open,
            ExchangeJournal journal,
            boolean waiting) {
        this.waiting = waiting;
        this.input = input;
        this.exchange = exchange;
        this.client = client;
        this.open = open;
        this.journal = journal;
    }

    /**
     * Starts the exchange at the position of the journal.
     *
     * @param speed market seconds per second; 0 for as fast as the job reads
     * @param journal position of the market, read at the start and kept up to date
     */
    static PlayedExchange start(
            RecordedInput input,
            double speed,
            List<PlannedFault> faults,
            long seed,
            ExchangeJournal journal)
            throws Exception {
        List<RecordedTrades> open = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        for (String symbol : input.symbols()) {
            List<ArchiveFile> files = filesOf(input, symbol);
            RecordedTrades trades = new RecordedTrades(symbol, files);
            open.add(trades);
            listings.add(Listing.of(symbol, trades).withPeriodEnd(periodEndUs(files)));
        }
        double factor = speed == 0 ? TIME_FACTOR : Math.max(1, Math.min(TIME_FACTOR, speed / 10));
        ExchangeConfig config =
                (speed == 0 ? ExchangeConfig.lockstep(streams(input)) : ExchangeConfig.paced(speed))
                        .withTimeFactor(factor)
                        .withRetainedTrades((int) Math.min(10_000_000, input.rows() + 1));
        LoopbackExchange exchange =
                LoopbackExchange.start(
                        config,
                        listings,
                        faults,
                        seed,
                        journal.row(),
                        row -> journal.played(row + 1));
        exchange.holdAt(journal.row() + FIRST_LEAD);
        LiveConfig client =
                LiveConfig.at(exchange.streamUri(), exchange.restUri(), kind(input))
                        .faster(factor)
                        .withInbox(INBOX_BYTES)
                        .holding(LEAD);
        if (speed > 0) {
            exchange.holdAt(Long.MAX_VALUE);
        }
        return new PlayedExchange(input, exchange, client, open, journal, speed == 0);
    }

    /** Returns the faults of a script, spread over the rows of the input. */
    static List<PlannedFault> plan(FaultScript script, long seed, RecordedInput input) {
        return script.plan(seed, input.rows(), input.symbols().size());
    }

    private static List<ArchiveFile> filesOf(RecordedInput input, String symbol) {
        return input.files().stream().filter(file -> file.symbol().equals(symbol)).toList();
    }

    /** Returns the stream that carries the trades of the input: aggregate or single trades. */
    private static StreamKind kind(RecordedInput input) {
        return input.files().stream().allMatch(ArchiveFile::aggregated)
                ? StreamKind.AGG_TRADE
                : StreamKind.TRADE;
    }

    private static Set<String> streams(RecordedInput input) {
        return input.symbols().stream().map(kind(input)::streamOf).collect(Collectors.toSet());
    }

    /**
     * Returns the end of the last day in microseconds since the epoch, if the last dump proves that
     * it reaches it; {@link Listing#OPEN_END} otherwise.
     */
    private static long periodEndUs(List<ArchiveFile> files) {
        ArchiveFile last = files.get(files.size() - 1);
        if (!last.endsAtPeriodEnd()) {
            return Listing.OPEN_END;
        }
        Instant nextDay =
                Instant.EPOCH
                        .plusNanos(Math.multiplyExact(last.lastTimeUs(), 1000L))
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        return Duration.between(Instant.EPOCH, nextDay).toNanos() / 1000;
    }

    /** Returns the feed of each symbol from its first recorded id to its last. */
    BinanceSource source() {
        Map<String, Long> lastIds = new HashMap<>();
        BinanceSourceBuilder source = BinanceSource.builder().live(client);
        for (String symbol : input.symbols()) {
            List<ArchiveFile> files = filesOf(input, symbol);
            long first = files.stream().mapToLong(ArchiveFile::firstId).min().orElseThrow();
            lastIds.put(symbol, files.stream().mapToLong(ArchiveFile::lastId).max().orElseThrow());
            source.startFrom(symbol, FeedStart.atId(first));
        }
        return source.until(lastIds).build();
    }

    /** Lets the market advance, since the job has taken this many trades in all. */
    void taken(long trades) {
        if (waiting && trades > 0) {
            exchange.holdAt(trades + LEAD);
        }
    }

    /** Returns the report of the run, with the injected faults checked against the results. */
    ReplayReport report(
            RunInput of,
            Map<String, Long> counters,
            Results results,
            double seconds,
            boolean finished)
            throws SQLException {
        FaultCheck check = FaultCheck.of(exchange.injected(), of, results);
        ReplayReport report =
                ReplayReport.following(
                        of, counters, results, seconds, finished, check, exchange.row());
        open.stream()
                .filter(trades -> trades.setAside() > 0)
                .forEach(
                        trades ->
                                report.losses()
                                        .add(
                                                "rows of the input that the exchange could not play: %d, the first is %s"
                                                        .formatted(
                                                                trades.setAside(),
                                                                trades.firstSetAside())));
        return report;
    }

    String describe() {
        return exchange.streamUri() + " and " + exchange.restUri();
    }

    @Override
    public void close() {
        exchange.close();
        open.forEach(RecordedTrades::close);
        journal.close();
    }
}

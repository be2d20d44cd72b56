package io.microstream.binance.archive;

import io.microstream.market.Decimal8;
import io.microstream.market.TradeView;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Reads the rows of one symbol from all its files in the order of ids, each with its verdict, which
 * rests on the rows around it: up to {@value #AHEAD} rows are read ahead of the current one.
 *
 * <ul>
 *   <li>A row whose time lies outside the UTC day or month that its file is named after is a {@link
 *       RowVerdict#TIME_OUTLIER}.
 *   <li>Where times step back by more than the tolerance although ids go on, the fewest rows whose
 *       removal leaves an order are outliers ({@link TimeOrder}); up to half the rows read ahead
 *       can be in a row. A pause, however long, is no step back and stays.
 *   <li>One or two rows at the very beginning or end of the input that lie apart from all others by
 *       a pause of {@link #EDGE_PAUSE} and {@value #EDGE_FACTOR} times the longest other pause have
 *       one neighbour only, and contradict it: they are outliers too.
 *   <li>Of rows with the same id (and the same single trades) the first, by file and line, is the
 *       trade; one with other values is a {@link RowVerdict#CONFLICT}, and the trade {@link
 *       #isContradicted}.
 * </ul>
 *
 * <p>A row moved to another time between its neighbours' times cannot be recognised.
 *
 * <p>The accessors show the current row until {@link #advance}. Not thread-safe.
 */
public final class CheckedTrades implements Closeable, TradeView {

    /** By how much times may step back in the order of ids, if nothing else is asked for. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofSeconds(1);

    static final int AHEAD = 256;
    static final Duration EDGE_PAUSE = Duration.ofMinutes(10);
    static final int EDGE_FACTOR = 50;

    private static final int CAPACITY = 2 * AHEAD;
    private static final int MASK = CAPACITY - 1;
    private static final long NONE = Long.MIN_VALUE / 2;
    private static final int EDGE_ROWS = 2;
    private static final int EDGE_OTHERS = 16;
    private static final RowVerdict[] VERDICTS = RowVerdict.values();
    private static final byte TRADE = 0;
    private static final byte MALFORMED = 1;
    private static final byte TIME_OUTLIER = 2;
    private static final byte CONFLICT = 3;
    private static final byte NOT_A_TRADE = 4;

    private final MergedTrades rows;
    private final long toleranceUs;
    private final long[] earliestUs;
    private final long[] latestUs;
    private final String[] fileNames;

    private final long[] ids = new long[CAPACITY];
    private final long[] prices = new long[CAPACITY];
    private final long[] quantities = new long[CAPACITY];
    private final long[] firstTradeIds = new long[CAPACITY];
    private final long[] lastTradeIds = new long[CAPACITY];
    private final long[] times = new long[CAPACITY];
    private final long[] lines = new long[CAPACITY];
    private final int[] files = new int[CAPACITY];
    private final boolean[] makers = new boolean[CAPACITY];
    private final byte[] verdicts = new byte[CAPACITY];
    private final boolean[] fixed = new boolean[CAPACITY];
    private final String[] reasons = new String[CAPACITY];
    private final String[] texts = new String[CAPACITY];

    private int head;
    private int size;
    private boolean disordered;
    private boolean contradicted;

    /** Newest time of the trades before the current row; the floor of those behind. */
    private long passedUs;

    /** Newest time of all trades read so far. */
    private long newestUs;

    private long passedId = -1;
    private long timeUs;

    private TimeOrder order;
    private long[] judgedTimes;
    private int[] judgedRows;
    private boolean[] outliers;

    /**
     * Opens the files at a position.
     *
     * @param inspected files of the symbol, ordered by first id
     * @param skip rows of the merged order that have been passed
     * @param passedUs time of the newest trade among them, microseconds; −1 if there is none
     * @param tolerance by how much times may step back
     */
    public CheckedTrades(
            List<ArchiveFile> inspected, long skip, long passedUs, Duration tolerance) {
        this.toleranceUs = tolerance.toNanos() / 1000;
        this.earliestUs = new long[inspected.size()];
        this.latestUs = new long[inspected.size()];
        this.fileNames = new String[inspected.size()];
        for (int i = 0; i < fileNames.length; i++) {
            Path path = Path.of(inspected.get(i).path());
            DumpName name = DumpName.of(path);
            boolean dated = inspected.get(i).kind() != DumpKind.CAPTURE && name.periodFromUs() >= 0;
            earliestUs[i] = dated ? name.periodFromUs() - toleranceUs : Long.MIN_VALUE;
            latestUs[i] = dated ? name.periodToUs() + toleranceUs : Long.MAX_VALUE;
            fileNames[i] = path.getFileName().toString();
        }
        long context = Math.min(skip, AHEAD);
        this.rows = new MergedTrades(inspected, skip - context);
        this.passedUs = NONE;
        this.newestUs = NONE;
        load();
        if (skip == 0) {
            judgeBeginning();
        }
        settle();
        for (long i = 0; i < context && size > 0; i++) {
            advance();
        }
        if (skip > 0 && passedUs >= 0) {
            this.passedUs = passedUs;
        }
    }

    /** Returns false once all rows have been read. */
    public boolean hasRow() {
        return size > 0;
    }

    /** Moves to the next row in the order of ids. */
    public void advance() {
        if (verdicts[head] == TRADE) {
            passedUs = Math.max(passedUs, times[head]);
            passedId = ids[head];
        } else {
            reasons[head] = null;
            texts[head] = null;
            fixed[head] = false;
        }
        head = (head + 1) & MASK;
        size--;
        if (size <= AHEAD && rows.hasRow()) {
            load();
        }
        settle();
    }

    /** Takes columns of trades that stand one after the other. */
    public interface Columns {

        /**
         * Takes the trades {@code [from, from + count)} of the columns, which are valid only during
         * the call.
         */
        void take(
                int from,
                int count,
                long[] ids,
                long[] prices,
                long[] quantities,
                long[] firstTradeIds,
                long[] lastTradeIds,
                long[] timesUs,
                boolean[] buyersAreMakers);
    }

    /**
     * Passes trades on by columns, from the current row on, as long as each is a trade that no row
     * repeats or contradicts; the same rows as one by one, but faster.
     *
     * @param maximum most trades to take
     * @param untilUs time beyond which no trade but the first is taken
     */
    public void take(int maximum, long untilUs, Columns columns) {
        int count = plainTrades(Math.min(maximum, CAPACITY - head), untilUs);
        if (count == 0) {
            return;
        }
        columns.take(
                head, count, ids, prices, quantities, firstTradeIds, lastTradeIds, times, makers);
        for (int at = head; at < head + count; at++) {
            passedUs = Math.max(passedUs, times[at]);
        }
        passedId = ids[head + count - 1];
        timeUs = times[head + count - 1];
        head = (head + count) & MASK;
        size -= count;
        if (size <= AHEAD && rows.hasRow()) {
            load();
        }
        settle();
    }

    /** Counts such trades as far as enough rows are read behind them. */
    private int plainTrades(int maximum, long untilUs) {
        if (disordered || contradicted) {
            return 0;
        }
        int most = Math.min(maximum, rows.hasRow() ? size - AHEAD : size - 1);
        int count = 0;
        while (count < most) {
            int at = head + count;
            int next = (at + 1) & MASK;
            if (verdicts[at] != TRADE
                    || verdicts[next] != TRADE
                    || ids[next] == ids[at]
                    || (count > 0 && times[at] > untilUs)) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Fixes the verdict of the current row, which nothing read later can change. */
    private void settle() {
        contradicted = false;
        if (size == 0) {
            return;
        }
        if (disordered) {
            judgeOrder();
        }
        if (verdicts[head] == TRADE) {
            timeUs = times[head];
            judgeRepeats();
        }
    }

    private void load() {
        while (size < CAPACITY && rows.hasRow()) {
            int at = (head + size) & MASK;
            copy(rows.row(), rows.file(), at);
            size++;
            rows.advance();
        }
        if (!rows.hasRow()) {
            judgeEnd();
        }
    }

    private void copy(TradeCursor row, int file, int at) {
        ids[at] = row.id();
        files[at] = file;
        lines[at] = row.line();
        prices[at] = row.price();
        quantities[at] = row.quantity();
        firstTradeIds[at] = row.firstTradeId();
        lastTradeIds[at] = row.lastTradeId();
        times[at] = row.timeUs();
        makers[at] = row.buyerIsMaker();
        if (row.isMalformed()) {
            verdicts[at] = MALFORMED;
            reasons[at] = row.malformedReason();
            texts[at] = row.malformedText();
        } else if (row.isNoTrade()) {
            verdicts[at] = NOT_A_TRADE;
            reasons[at] = row.noTradeReason();
        } else if (times[at] < earliestUs[file] || times[at] >= latestUs[file]) {
            fixed[at] = true;
            outlier(
                    at,
                    "time " + timeOf(at) + " is outside the period that the file is named after");
        } else {
            verdicts[at] = TRADE;
            disordered |= times[at] < newestUs - toleranceUs;
            newestUs = Math.max(newestUs, times[at]);
        }
    }

    private void outlier(int at, String reason) {
        verdicts[at] = TIME_OUTLIER;
        reasons[at] = reason;
    }

    private String timeOf(int at) {
        return Instant.EPOCH.plus(times[at], ChronoUnit.MICROS).toString();
    }

    /** Judges all rows read ahead anew by the order of their times. */
    private void judgeOrder() {
        int count = collect();
        order.judge(judgedTimes, count, passedUs, toleranceUs, outliers);
        newestUs = passedUs;
        for (int i = 0; i < count; i++) {
            int at = judgedRows[i];
            if (outliers[i]) {
                outlier(
                        at,
                        "time "
                                + timeOf(at)
                                + " contradicts the rows around it, whose ids and times go on");
            } else {
                verdicts[at] = TRADE;
                reasons[at] = null;
                newestUs = Math.max(newestUs, times[at]);
            }
        }
        disordered = false;
    }

    /**
     * Collects the times that the order judges: of trades, and of outliers that it found before.
     */
    private int collect() {
        if (order == null) {
            order = new TimeOrder(CAPACITY);
            judgedTimes = new long[CAPACITY];
            judgedRows = new int[CAPACITY];
            outliers = new boolean[CAPACITY];
        }
        int count = 0;
        for (int i = 0; i < size; i++) {
            int at = (head + i) & MASK;
            if (verdicts[at] == TRADE || (verdicts[at] == TIME_OUTLIER && !fixed[at])) {
                judgedTimes[count] = times[at];
                judgedRows[count++] = at;
            }
        }
        return count;
    }

    private void judgeBeginning() {
        if (disordered) {
            judgeOrder();
        }
        int count = collectTrades();
        int apart = apartAtEdge(count, 0, 1);
        for (int i = 0; i < apart; i++) {
            fixed[judgedRows[i]] = true;
            outlier(
                    judgedRows[i],
                    "time " + timeOf(judgedRows[i]) + " lies apart from all rows behind it");
        }
    }

    private void judgeEnd() {
        if (disordered) {
            judgeOrder();
        }
        int count = collectTrades();
        int apart = apartAtEdge(count, count - 1, -1);
        for (int i = 0; i < apart; i++) {
            int at = judgedRows[count - 1 - i];
            fixed[at] = true;
            outlier(at, "time " + timeOf(at) + " lies apart from all rows before it");
        }
    }

    private int collectTrades() {
        int all = collect();
        int count = 0;
        for (int i = 0; i < all; i++) {
            if (verdicts[judgedRows[i]] == TRADE) {
                judgedRows[count] = judgedRows[i];
                judgedTimes[count++] = judgedTimes[i];
            }
        }
        return count;
    }

    /**
     * Returns how many rows at an edge lie apart from all others.
     *
     * @param edge index of the outermost row
     * @param inwards 1 at the beginning, −1 at the end
     */
    private int apartAtEdge(int count, int edge, int inwards) {
        if (count < EDGE_OTHERS + EDGE_ROWS) {
            return 0;
        }
        long longest = 0;
        for (int i = EDGE_ROWS; i + 1 < count; i++) {
            longest = Math.max(longest, pause(edge + inwards * i, inwards));
        }
        for (int rowsApart = EDGE_ROWS; rowsApart > 0; rowsApart--) {
            long pause = pause(edge + inwards * (rowsApart - 1), inwards);
            if (pause > EDGE_PAUSE.toNanos() / 1000 && pause > EDGE_FACTOR * longest) {
                return rowsApart;
            }
            longest = Math.max(longest, pause);
        }
        return 0;
    }

    private long pause(int index, int inwards) {
        return Math.abs(judgedTimes[index + inwards] - judgedTimes[index]);
    }

    /** Finds rows with the current row's id that have other values. */
    private void judgeRepeats() {
        for (int i = 1; i < size; i++) {
            int at = (head + i) & MASK;
            if (verdicts[at] == CONFLICT && ids[at] == ids[head]) {
                contradicted = true;
            } else if (verdicts[at] == TRADE) {
                boolean twin = firstTradeIds[at] > lastTradeIds[head];
                if (ids[at] != ids[head] || twin) {
                    return;
                }
                if (!sameValues(at, head)) {
                    verdicts[at] = CONFLICT;
                    reasons[at] = "other values than " + place(head) + ": " + valuesOf(head);
                    contradicted = true;
                }
            }
        }
    }

    private boolean sameValues(int one, int other) {
        return prices[one] == prices[other]
                && quantities[one] == quantities[other]
                && firstTradeIds[one] == firstTradeIds[other]
                && lastTradeIds[one] == lastTradeIds[other]
                && times[one] == times[other]
                && makers[one] == makers[other];
    }

    private String place(int at) {
        return fileNames[files[at]] + ":" + lines[at];
    }

    private String valuesOf(int at) {
        return ids[at]
                + ","
                + decimal(prices[at])
                + ","
                + decimal(quantities[at])
                + ","
                + firstTradeIds[at]
                + ","
                + lastTradeIds[at]
                + ","
                + times[at]
                + ","
                + makers[at];
    }

    private static String decimal(long units) {
        return Decimal8.toBigDecimal(units).toPlainString();
    }

    /** Returns what becomes of the row. */
    public RowVerdict verdict() {
        return VERDICTS[verdicts[head]];
    }

    /** Returns whether the row is a trade. */
    public boolean isTrade() {
        return verdicts[head] == TRADE;
    }

    /** Returns whether another row of this trade's id has other values. */
    public boolean isContradicted() {
        return contradicted;
    }

    /**
     * Returns why the row is no trade, with its file, line and text: one line for a person; null of
     * a trade.
     */
    public String reason() {
        if (verdicts[head] == TRADE) {
            return null;
        }
        String text = texts[head] == null ? valuesOf(head) : texts[head];
        return verdicts[head] == MALFORMED
                ? reasons[head] + ": " + text
                : place(head) + ": " + reasons[head] + ": " + text;
    }

    /** Returns the number of the line in the (unpacked) file, counted from 1. */
    public long line() {
        return lines[head];
    }

    /**
     * Returns the time by which the symbol is ordered among others: that of the trade, or of the
     * newest trade before a row that is none; microseconds.
     */
    public long orderTimeUs() {
        return timeUs;
    }

    /**
     * Returns the id that a row which is no trade uses up; −1 if that is not known, or if a trade
     * of the same id stands beside it.
     */
    public long usedId() {
        long id = ids[head];
        if (id < 0 || id == passedId) {
            return -1;
        }
        for (int i = 1; i < size; i++) {
            int at = (head + i) & MASK;
            if (verdicts[at] == TRADE) {
                boolean follows = id > passedId && ids[at] > id;
                return follows && (passedId >= 0 || ids[at] - id <= CAPACITY) ? id : -1;
            }
        }
        return passedId >= 0 && id > passedId && id - passedId <= CAPACITY ? id : -1;
    }

    @Override
    public long id() {
        return ids[head];
    }

    @Override
    public long price() {
        return prices[head];
    }

    @Override
    public long quantity() {
        return quantities[head];
    }

    @Override
    public long firstTradeId() {
        return firstTradeIds[head];
    }

    /** Returns the last single trade inside; −1 of a row whose ids cannot be read. */
    @Override
    public long lastTradeId() {
        return lastTradeIds[head];
    }

    @Override
    public long timeUs() {
        return times[head];
    }

    @Override
    public boolean buyerIsMaker() {
        return makers[head];
    }

    @Override
    public void close() {
        rows.close();
    }
}

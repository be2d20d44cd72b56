package io.microstream.live.cases;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes the trades of a case to a file as they come and hands them to the check: memory does not
 * grow with their number.
 */
final class TradesSpool implements CaseTrades.Taker, AutoCloseable {

    static final String HEADER =
            "symbol,agg_trade_id,price,quantity,first_trade_id,last_trade_id,trade_time,buyer_is_maker\r\n";

    private static final long STEP_BACK_MS = 5_000;

    private final CaseWindow window;
    private final BarCheck check;
    private final long limit;
    private final OutputStream out;
    private final byte[] number = new byte[32];
    private final byte[] symbol;
    private long rows;
    private long firstId = -1;
    private long lastId = -1;
    private long missingIds;
    private long highestId = -1;
    private long lastTimeUs;
    private boolean truncated;

    TradesSpool(CaseWindow window, BarCheck check, long limit, Path file) throws IOException {
        this.window = window;
        this.check = check;
        this.limit = limit;
        this.symbol = window.symbol().getBytes(UTF_8);
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        out.write(HEADER.getBytes(US_ASCII));
    }

    @Override
    public boolean take(Trade trade) {
        if (trade.id() <= highestId) {
            throw new IllegalStateException(
                    String.format(
                            Locale.ROOT,
                            "Trades do not ascend by id: symbol=%s before=%d now=%d",
                            window.symbol(),
                            highestId,
                            trade.id()));
        }
        boolean within =
                trade.timeUs() >= window.fromMs() * 1000 && trade.timeUs() < window.toMs() * 1000;
        if (!within) {
            highestId = trade.id();
            return true;
        }
        if (rows == limit) {
            truncated = true;
            return false;
        }
        missingIds += rows == 0 ? 0 : trade.id() - highestId - 1;
        highestId = trade.id();
        firstId = rows == 0 ? trade.id() : firstId;
        lastId = trade.id();
        lastTimeUs = trade.timeUs();
        rows++;
        check.add(trade);
        try {
            write(trade);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private void write(Trade trade) throws IOException {
        out.write(symbol);
        out.write(',');
        text(trade.id());
        decimal(trade.price());
        decimal(trade.quantity());
        text(trade.firstTradeId());
        text(trade.lastTradeId());
        out.write(instant(trade.timeUs()).toString().getBytes(US_ASCII));
        out.write((trade.buyerIsMaker() ? ",true\r\n" : ",false\r\n").getBytes(US_ASCII));
    }

    private void text(long value) throws IOException {
        out.write(Long.toString(value).getBytes(US_ASCII));
        out.write(',');
    }

    private void decimal(long units) throws IOException {
        out.write(number, 0, Decimal8.write(units, number, 0));
        out.write(',');
    }

    private static Instant instant(long us) {
        return Instant.ofEpochSecond(
                Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000);
    }

    long rows() {
        return rows;
    }

    /** Aggregate id of the first trade in the window; −1 if there is none. */
    long firstId() {
        return firstId;
    }

    /** Aggregate id of the last one; −1 if there is none. */
    long lastId() {
        return lastId;
    }

    /** Ids between the first and the last that did not come. */
    long missingIds() {
        return missingIds;
    }

    /** True if there were more than the limit. */
    boolean truncated() {
        return truncated;
    }

    /** Trades are in up to this millisecond, exclusive: times may step back a little by id. */
    long completeToMs() {
        return truncated ? lastTimeUs / 1000 - STEP_BACK_MS : window.toMs();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package io.microstream.standalone.runtime;

import io.microstream.binance.transport.rest.BinanceRest;
import io.microstream.binance.transport.rest.BlockingRest;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.rest.RestException;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.binance.wire.StreamKind;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.cases.TradesUnavailableException;
import io.microstream.market.Trade;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches the trades of a case from an exchange's REST API. The first id is searched by time, the
 * rest are read page by page by id, so none is skipped even if times step back.
 *
 * @param exchange scheme, host and port
 */
public record RestCaseTrades(URI exchange) implements CaseTrades {

    private static final int ATTEMPTS = 3;

    /** The longest range of time that the exchange searches in one request. */
    private static final long SLICE_MS = Duration.ofHours(1).toMillis();

    /** The most by which times may step back from one id to the next. */
    private static final long STEP_BACK_MS = 5_000;

    @Override
    public String source() {
        return "REST of " + exchange;
    }

    @Override
    public List<String> read(String symbol, long fromMs, long toMs, Taker taker)
            throws TradesUnavailableException {
        List<String> asked = new ArrayList<>();
        RestConfig config = RestConfig.command(exchange).withAttempts(ATTEMPTS);
        try (BlockingRest rest = BlockingRest.open(config, 1, RestListener.NONE)) {
            long firstId = firstId(rest, symbol, fromMs - STEP_BACK_MS, toMs, asked);
            if (firstId >= 0) {
                pages(rest, symbol, firstId, toMs + STEP_BACK_MS, taker, asked);
            }
            return asked;
        } catch (RestException e) {
            throw new TradesUnavailableException(e.getMessage(), e);
        }
    }

    /** Returns the id of the first trade in a range of time; −1 if there is none. */
    private static long firstId(
            BlockingRest rest, String symbol, long fromMs, long toMs, List<String> asked) {
        for (long startMs = fromMs; startMs < toMs; startMs += SLICE_MS) {
            long endMs = Math.min(startMs + SLICE_MS, toMs) - 1;
            List<Trade> first = rest.tradesSince(symbol, startMs, endMs, 1);
            asked.add(
                    "GET /api/v3/aggTrades symbol=%s startTime=%d endTime=%d limit=1: %s"
                            .formatted(
                                    symbol,
                                    startMs,
                                    endMs,
                                    first.isEmpty() ? "none" : "id " + first.get(0).id()));
            if (!first.isEmpty()) {
                return first.get(0).id();
            }
        }
        return -1;
    }

    private static void pages(
            BlockingRest rest,
            String symbol,
            long firstId,
            long endMs,
            Taker taker,
            List<String> asked) {
        long nextId = firstId;
        int pages = 0;
        boolean more = true;
        while (more) {
            List<Trade> page =
                    rest.trades(StreamKind.AGG_TRADE, symbol, nextId, BinanceRest.MAX_ROWS);
            pages++;
            more = taken(page, endMs, taker) && page.size() == BinanceRest.MAX_ROWS;
            nextId = page.isEmpty() ? nextId : page.get(page.size() - 1).id() + 1;
        }
        asked.add(
                "GET /api/v3/aggTrades symbol=%s fromId=%d limit=%d and on: pages=%d last id %d"
                        .formatted(symbol, firstId, BinanceRest.MAX_ROWS, pages, nextId - 1));
    }

    /** Passes a page on; returns false once the range has ended or the taker wants no more. */
    private static boolean taken(List<Trade> page, long endMs, Taker taker) {
        for (Trade trade : page) {
            if (trade.timeUs() >= endMs * 1000 || !taker.take(trade)) {
                return false;
            }
        }
        return true;
    }
}

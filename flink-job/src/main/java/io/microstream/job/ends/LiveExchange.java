package io.microstream.job.ends;

import io.microstream.binance.transport.rest.BlockingRest;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.binance.wire.ExchangeInfo;
import io.microstream.market.Bar;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/** Checks the exchange that a live job is about to read from. */
public final class LiveExchange {

    private static final int ATTEMPTS = 2;

    private LiveExchange() {}

    /**
     * Checks that the exchange answers and knows the symbols, and compares its clock with that of
     * this machine.
     *
     * @param warnings receives a line for each symbol that is not traded, and for a clock that is
     *     wrong
     * @return the open time of the exchange's running minute, milliseconds since the epoch
     */
    public static long runningMinuteMs(URI rest, Set<String> symbols, Consumer<String> warnings) {
        RestConfig config = RestConfig.command(rest).withAttempts(ATTEMPTS);
        try (BlockingRest client = BlockingRest.open(config, 1, RestListener.NONE)) {
            ExchangeInfo info = client.exchangeInfo(symbols);
            info.symbols().values().stream()
                    .filter(symbol -> !symbol.isTrading())
                    .forEach(
                            symbol ->
                                    warnings.accept(
                                            symbol.symbol()
                                                    + " is not traded now, status "
                                                    + symbol.status()));
            client.clockCheck(InstantSource.system()).warning().ifPresent(warnings);
            return Bar.minuteOf(client.serverTimeUs());
        }
    }
}

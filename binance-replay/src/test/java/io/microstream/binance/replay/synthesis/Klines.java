package io.microstream.binance.replay.synthesis;

import io.microstream.market.Bar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipInputStream;

/** Klines for tests: made by hand, at random, or read from a dump. */
public final class Klines {

    public static final String SYMBOL = "TESTUSDT";
    public static final long START = 1_700_000_040_000L;

    private Klines() {}

    /** Six columns, the other numbers unknown; {@code minute} counts from {@link #START}. */
    public static Bar kline(
            int minute, String open, String high, String low, String close, String vol) {
        return kline(SYMBOL, START + 60_000L * minute, open, high, low, close, vol, null, -1);
    }

    /** The columns that trades can reproduce, of twelve. */
    public static Bar kline(
            String symbol,
            long openTimeMs,
            String open,
            String high,
            String low,
            String close,
            String volume,
            String takerBuyVolume,
            long count) {
        return new Bar(
                symbol,
                openTimeMs,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                new BigDecimal(volume),
                null,
                takerBuyVolume == null ? null : new BigDecimal(takerBuyVolume),
                null,
                count,
                -1,
                -1,
                true,
                true,
                0);
    }

    /** Klines with random decimals, ranges, empty minutes, single-unit volumes, missing minutes. */
    public static List<Bar> random(long seed, int count) {
        Random random = new Random(seed);
        int priceScale = random.nextInt(9);
        int volumeScale = random.nextInt(9);
        long price = 1 + random.nextInt(1 << (1 + random.nextInt(28)));
        List<Bar> bars = new ArrayList<>();
        for (int minute = 0; minute < count; minute++) {
            if (random.nextInt(20) == 0) {
                continue;
            }
            long range = random.nextInt(4) == 0 ? 0 : random.nextInt(1 << random.nextInt(20));
            long low = Math.max(1, price - random.nextInt((int) range + 1));
            long high = Math.max(low, price) + random.nextInt((int) range + 1);
            long close = low + (long) (random.nextDouble() * (high - low + 1));
            boolean empty = random.nextInt(15) == 0;
            boolean tiny = random.nextInt(15) == 0;
            long volume =
                    tiny
                            ? 4
                            : 4
                                    + (long)
                                            StrictMath.pow(
                                                    10,
                                                    Math.min(15, 10 + volumeScale)
                                                            * random.nextDouble());
            bars.add(
                    kline(
                            minute,
                            decimal(price, priceScale),
                            decimal(empty ? price : high, priceScale),
                            decimal(empty ? price : low, priceScale),
                            decimal(empty ? price : close, priceScale),
                            empty ? "0" : decimal(volume, tiny ? 8 : volumeScale)));
            price = empty ? price : close;
        }
        return bars;
    }

    /** Klines of a dump, six or twelve columns. */
    public static List<Bar> read(Path zip, String symbol) throws IOException {
        List<Bar> bars = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            in.getNextEntry();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] f = line.split(",");
                long time = Long.parseLong(f[0]);
                boolean all = f.length == 12;
                bars.add(
                        kline(
                                symbol,
                                time > 100_000_000_000_000L ? time / 1000 : time,
                                f[1],
                                f[2],
                                f[3],
                                f[4],
                                f[5],
                                all ? f[9] : null,
                                all ? Long.parseLong(f[8]) : -1));
            }
        }
        return bars;
    }

    private static String decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).toPlainString();
    }
}

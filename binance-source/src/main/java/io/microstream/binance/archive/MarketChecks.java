package io.microstream.binance.archive;

import io.microstream.market.Decimal8;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges whether files of one symbol can be of one market: ids and times grow together over all of
 * them, files that overlap agree, and folders, columns and prices do not contradict each other. It
 * looks at a sample of each file's rows, so a few wrong rows decide nothing; they are found when
 * the files are read.
 */
final class MarketChecks {

    /** Samples of fewer rows prove nothing. */
    static final int FEWEST = 8;

    /** By how much times of neighbouring ids may differ in order. */
    static final long TOLERANCE_US = 60_000_000;

    /** The share of a file's rows that must be in the order of their ids. */
    static final double IN_ORDER = .75;

    /** How many times as many ids may be missing as the busier file has in the same time. */
    static final int ID_FACTOR = 100;

    /** Fewer missing ids prove nothing. */
    static final long MANY_IDS = 1_000_000;

    /** By how much the price may change from one file to the next. */
    static final double PRICE_FACTOR = 2;

    /** Files that follow each other within this time have neighbouring prices. */
    static final long NEIGHBOURS_US = 3_600_000_000L;

    private final List<SampledFile> files;
    private final List<String> warnings;
    private SampledFile priceLeftAt;
    private double priceJump;

    /**
     * @param files of one symbol
     * @param warnings receives what may be true
     */
    MarketChecks(List<FileFindings> files, List<String> warnings) {
        this.files =
                files.stream()
                        .filter(file -> file.rows().rows > file.rows().outside)
                        .map(SampledFile::new)
                        .sorted(
                                Comparator.comparingLong(SampledFile::low)
                                        .thenComparingLong(SampledFile::high))
                        .toList();
        this.warnings = warnings;
    }

    /**
     * Compares the files.
     *
     * @throws ArchiveException if they cannot be of one market
     */
    void check() {
        checkFolders();
        files.stream().filter(file -> !file.isKlines()).forEach(MarketChecks::checkOrder);
        boolean layouts = checkLayouts();
        for (int i = 0; i < files.size(); i++) {
            SampledFile file = files.get(i);
            for (int k = i + 1; k < files.size() && files.get(k).low() <= file.high(); k++) {
                checkOverlap(file, files.get(k));
            }
            if (i + 1 < files.size() && files.get(i + 1).low() > file.high()) {
                checkSuccession(file, files.get(i + 1), layouts);
            }
        }
    }

    private void checkFolders() {
        Map<String, SampledFile> markets = new HashMap<>();
        for (SampledFile file : files) {
            String market = market(Path.of(file.path()));
            if (market != null) {
                markets.put(market, file);
            }
        }
        if (markets.size() > 1) {
            List<SampledFile> two = List.copyOf(markets.values());
            throw twoMarkets(two.get(0), two.get(1), "folders " + markets.keySet());
        }
    }

    /** Returns the market that Binance's folders name; null if the path has none of them. */
    private static String market(Path path) {
        for (int i = path.getNameCount() - 2; i >= 0; i--) {
            String folder = path.getName(i).toString().toLowerCase(Locale.ROOT);
            if (folder.equals("spot") || folder.equals("option")) {
                return folder;
            }
            if (folder.equals("futures")) {
                String next = path.getName(i + 1).toString().toLowerCase(Locale.ROOT);
                return next.equals("um") || next.equals("cm") ? "futures/" + next : "futures";
            }
        }
        return null;
    }

    /** Refuses a file whose own ids and times do not grow together: two files in one. */
    private static void checkOrder(SampledFile file) {
        if (file.size() >= 2 * FEWEST && file.inOrder() < IN_ORDER * file.size()) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Ids and times do not grow together: path=%s. Give the files it was made of, those of one market.",
                            file.path()));
        }
    }

    /** Warns if dumps of trades differ in columns or spelling; returns whether they do. */
    private boolean checkLayouts() {
        Map<String, SampledFile> layouts = new HashMap<>();
        files.forEach(file -> layouts.putIfAbsent(file.layout(), file));
        if (layouts.size() < 2) {
            return false;
        }
        List<SampledFile> two = List.copyOf(layouts.values());
        SampledFile one = two.get(0);
        SampledFile other = two.get(1);
        warnings.add(
                String.format(
                        Locale.ROOT,
                        "%s has %s, %s has %s: spot and futures differ so. Check that both are of one market",
                        one.path(),
                        one.layout(),
                        other.path(),
                        other.layout()));
        return true;
    }

    private static void checkOverlap(SampledFile one, SampledFile other) {
        if (one.isKlines()) {
            checkCloses(one, other);
        } else if (contradicts(one, other) || contradicts(other, one)) {
            throw twoMarkets(one, other, "the same ids at other times");
        }
    }

    private static void checkCloses(SampledFile one, SampledFile other) {
        int common = 0;
        int differing = 0;
        for (KeySample.Point point : one.points()) {
            KeySample.Point same = other.at(point.key());
            common += same == null ? 0 : 1;
            differing += same != null && same.price() != point.price() ? 1 : 0;
        }
        if (common >= FEWEST && differing * 2 > common) {
            throw twoMarkets(one, other, "other prices in the same minutes");
        }
    }

    /**
     * Returns whether most ids of a file lie at other times than those of the other around them.
     */
    private static boolean contradicts(SampledFile one, SampledFile other) {
        int compared = 0;
        int contradicting = 0;
        for (KeySample.Point point : one.points()) {
            if (point.key() < other.low() || point.key() > other.high()) {
                continue;
            }
            KeySample.Point floor = other.floor(point.key());
            KeySample.Point ceiling = other.ceiling(point.key());
            boolean before = floor != null && point.timeUs() < floor.timeUs() - TOLERANCE_US;
            boolean behind = ceiling != null && point.timeUs() > ceiling.timeUs() + TOLERANCE_US;
            compared++;
            contradicting += before || behind ? 1 : 0;
        }
        return compared >= FEWEST && contradicting * 2 > compared;
    }

    /** Judges two files of which the second has the higher ids. */
    private void checkSuccession(SampledFile one, SampledFile other, boolean layouts) {
        if (!one.isKlines() && other.timeUs(.25) < one.timeUs(.75)) {
            throw twoMarkets(one, other, "ids apart at the same time, or higher ids earlier");
        }
        boolean idsJump = !one.isKlines() && idsJump(one, other);
        double ratio = priceRatio(one, other);
        boolean priceJumps = ratio >= PRICE_FACTOR || ratio <= 1 / PRICE_FACTOR;
        if (idsJump && (priceJumps || (layouts && !one.layout().equals(other.layout())))) {
            throw twoMarkets(one, other, "ids jump, and so do prices or columns");
        }
        if (idsJump) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "ids jump from %d (%s) to %d (%s): check that both are of one symbol and market",
                            one.rows().lastKey,
                            one.path(),
                            other.rows().firstKey,
                            other.path()));
        }
        if (priceJumps) {
            checkPrices(one, other, ratio);
        }
    }

    /** Warns of a jump of the price; refuses a file to which it jumps and from which it returns. */
    private void checkPrices(SampledFile one, SampledFile other, double ratio) {
        boolean returns = priceLeftAt == one && (ratio > 1) != (priceJump > 1);
        if (returns) {
            throw new ArchiveException(
                    String.format(
                            Locale.ROOT,
                            "Prices of another symbol: path=%s before=%s. The price jumps at both ends of the file: remove it or give the right one.",
                            one.path(),
                            other.path()));
        }
        priceLeftAt = other;
        priceJump = ratio;
        warnings.add(
                String.format(
                        Locale.ROOT,
                        "the price jumps from %s (%s) to %s (%s): check that both are of one symbol",
                        price(one.rows().lastPrice),
                        one.path(),
                        price(other.rows().firstPrice),
                        other.path()));
    }

    private static String price(long units) {
        return Decimal8.toBigDecimal(units).stripTrailingZeros().toPlainString();
    }

    private static boolean idsJump(SampledFile one, SampledFile other) {
        double missing = other.low() - one.high();
        long pauseUs = other.timeUs(0) - one.timeUs(1);
        long spansUs = one.spanUs() + other.spanUs();
        if (one.size() < FEWEST || other.size() < FEWEST || pauseUs > spansUs) {
            return false;
        }
        double perUs = Math.max(one.idsPerUs(), other.idsPerUs());
        return missing > MANY_IDS && missing > ID_FACTOR * perUs * (pauseUs + spansUs);
    }

    /** Returns by which factor the price changes between files without a long pause; else 1. */
    private static double priceRatio(SampledFile one, SampledFile other) {
        RowStatistics before = one.rows();
        RowStatistics behind = other.rows();
        boolean neighbours = behind.firstTimeUs - before.lastTimeUs <= NEIGHBOURS_US;
        return neighbours && before.lastPrice > 0
                ? (double) behind.firstPrice / before.lastPrice
                : 1;
    }

    private static ArchiveException twoMarkets(SampledFile one, SampledFile other, String why) {
        return new ArchiveException(
                String.format(
                        Locale.ROOT,
                        "Files of one symbol contradict each other: symbol=%s path=%s path=%s why=%s. Give the files of one market and one symbol, or name one folder.",
                        one.symbol(),
                        one.path(),
                        other.path(),
                        why));
    }
}

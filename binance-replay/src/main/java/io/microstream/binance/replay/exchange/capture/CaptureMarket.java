package io.microstream.binance.replay.exchange.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.microstream.market.Trade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A market out of recordings of Binance's combined streams: the frames in the order they came, the
 * trades among them, and the order books.
 *
 * <p>Files may be plain or gzip, one message a line, in the forms of a raw capture ({@code
 * NANOSECONDS {json}}) or of cryptofeed ({@code SECONDS: {json}} and {@code URL -> SECONDS:
 * {json}}). Several files are merged by the recorder's time; within a file the order stays, even
 * where its clock steps back.
 *
 * <p>Opening reads the files once; playing reads them again, lazily. Files must not change in
 * between. Errors name file and line in an {@link UncheckedIOException}.
 */
public final class CaptureMarket {

    private static final Pattern SYMBOL = Pattern.compile("[?&]symbol=([^&]+)");

    private final List<Path> files;
    private final Set<String> streams = new LinkedHashSet<>();
    private final Map<String, RecordedSymbol> symbols = new LinkedHashMap<>();

    private CaptureMarket(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Opens recordings and reads them once.
     *
     * @throws UncheckedIOException if a file cannot be read or understood
     */
    public static CaptureMarket open(List<Path> files) {
        CaptureMarket market = new CaptureMarket(files);
        for (Path file : files) {
            market.survey(file);
        }
        return market;
    }

    /** Returns the symbols recorded, upper case, in the order they appear. */
    public List<String> symbols() {
        return List.copyOf(symbols.keySet());
    }

    /** Returns the streams recorded, in the order they appear. */
    public Set<String> streams() {
        return Collections.unmodifiableSet(streams);
    }

    /** Returns all frames in order. Close it if it is not read to its end. */
    public Stream<RecordedFrame> frames() {
        FrameMerge frames = new FrameMerge(files);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                frames, Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(frames::close);
    }

    /**
     * Returns the trades of a symbol in the order they came: aggregate trades if those were
     * recorded, else single trades as aggregates of one; none if neither was. Close it if it is not
     * read to its end.
     *
     * @throws NoSuchElementException if the symbol was not recorded
     */
    public Stream<Trade> trades(String symbol) {
        symbol(symbol);
        String stream = tradeStream(symbol);
        return stream == null
                ? Stream.empty()
                : frames().filter(frame -> frame.stream().equals(stream))
                        .map(frame -> RecordedJson.trade(frame.payload()));
    }

    /**
     * Returns the order book of a symbol at the recorded snapshot, to be carried on by {@link
     * RecordedBook#played}; null if no snapshot was recorded.
     *
     * @throws NoSuchElementException if the symbol was not recorded
     */
    public RecordedBook book(String symbol) {
        byte[] snapshot = symbol(symbol).snapshot();
        return snapshot == null
                ? null
                : new RecordedBook(
                        RecordedSymbol.recorded(streams, symbol, "depth@100ms", "depth"), snapshot);
    }

    /** Returns the coarsest power of ten that all traded prices are multiples of, units of 1e-8. */
    public long tickSize(String symbol) {
        return symbol(symbol).tickSize();
    }

    /**
     * Returns the coarsest power of ten that all traded quantities are multiples of, units of 1e-8.
     */
    public long lotSize(String symbol) {
        return symbol(symbol).lotSize();
    }

    private RecordedSymbol symbol(String symbol) {
        RecordedSymbol recorded = symbols.get(symbol);
        if (recorded == null) {
            throw new NoSuchElementException(
                    "Symbol not recorded: symbol=" + symbol + " recorded=" + symbols.keySet());
        }
        return recorded;
    }

    private String tradeStream(String symbol) {
        return RecordedSymbol.recorded(streams, symbol, "aggTrade", "trade");
    }

    private void survey(Path file) {
        Set<String> here = new LinkedHashSet<>();
        List<RecordedMessage> snapshots = new ArrayList<>();
        try (RecordedLines lines = new RecordedLines(file)) {
            while (lines.hasNext()) {
                RecordedMessage message = lines.next();
                if (message.isFrame()) {
                    survey(message.frame(), here, lines);
                } else if (message.isSnapshot()) {
                    snapshots.add(message);
                }
            }
        }
        for (RecordedMessage snapshot : snapshots) {
            recorded(symbolOf(snapshot, here, file)).snapshot(snapshot.json().getBytes(ISO_8859_1));
        }
    }

    private void survey(RecordedFrame frame, Set<String> here, RecordedLines lines) {
        String stream = frame.stream();
        streams.add(stream);
        if (frame.symbol() == null) {
            return;
        }
        here.add(frame.symbol());
        RecordedSymbol symbol = recorded(frame.symbol());
        if (stream.endsWith("@trade") || stream.endsWith("@aggTrade")) {
            try {
                symbol.trade(RecordedJson.trade(frame.payload()));
            } catch (UncheckedIOException e) {
                throw lines.bad(e);
            }
        }
    }

    private RecordedSymbol recorded(String symbol) {
        return symbols.computeIfAbsent(symbol, unused -> new RecordedSymbol());
    }

    private static String symbolOf(RecordedMessage snapshot, Set<String> here, Path file) {
        Matcher symbol = SYMBOL.matcher(snapshot.url() == null ? "" : snapshot.url());
        if (symbol.find()) {
            return symbol.group(1);
        }
        if (here.size() == 1) {
            return here.iterator().next();
        }
        throw new UncheckedIOException(
                new IOException(
                        "Depth snapshot of an unknown symbol: file="
                                + file
                                + " symbols="
                                + here
                                + ". Record one symbol a file, or the URL with the answer."));
    }
}

package io.microstream.binance.trades;

import io.microstream.market.Trade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** REST whose trades, lag and troubles a test sets; answers take {@link #latency}. */
final class ScriptedHistory implements TradeHistory {

    /** A question as it was asked. */
    record Question(long nanos, String what, String symbol, long value, Urgency urgency) {}

    final List<Question> questions = new ArrayList<>();
    final Set<String> haltedSymbols = new HashSet<>();
    Duration latency = Duration.ofMillis(50);

    /** Ids above are not known yet; below the oldest not any more. */
    long newestId = Long.MAX_VALUE;

    long oldestId;
    boolean failing;

    /** So many answers start higher than asked. */
    int higher;

    /** The exchange's clock at nanosecond 0 of the loop; it goes on with the loop. */
    long clockUs = NumberedTrades.NOON_US;

    boolean clockStands;

    private final Map<String, List<Trade>> tradesBySymbol = new TreeMap<>();
    private final VirtualTime time;

    ScriptedHistory(VirtualTime time) {
        this.time = time;
    }

    void add(Trade trade) {
        tradesBySymbol.computeIfAbsent(trade.symbol(), symbol -> new ArrayList<>()).add(trade);
    }

    void addAll(List<Trade> trades) {
        trades.forEach(this::add);
    }

    void forget(String symbol) {
        tradesBySymbol.remove(symbol);
    }

    long nowUs() {
        return clockStands ? clockUs : clockUs + time.nanos() / 1000;
    }

    List<Question> asked(String what) {
        return questions.stream().filter(question -> question.what().equals(what)).toList();
    }

    private List<Trade> known(String symbol) {
        return tradesBySymbol.getOrDefault(symbol, List.of()).stream()
                .filter(trade -> trade.id() >= oldestId && trade.id() <= newestId)
                .toList();
    }

    @Override
    public CompletableFuture<List<Trade>> from(
            String symbol, long fromId, int limit, Urgency urgency) {
        questions.add(new Question(time.nanos(), "from", symbol, fromId, urgency));
        long skipped = higher > 0 ? 3 : 0;
        higher = Math.max(0, higher - 1);
        return answer(
                () ->
                        known(symbol).stream()
                                .filter(trade -> trade.id() >= fromId + skipped)
                                .limit(limit)
                                .toList());
    }

    @Override
    public CompletableFuture<List<Trade>> firstSince(String symbol, long timeMs) {
        questions.add(new Question(time.nanos(), "since", symbol, timeMs, Urgency.BEGINNING));
        return answer(
                () ->
                        known(symbol).stream()
                                .filter(trade -> trade.timeUs() >= timeMs * 1000)
                                .limit(1)
                                .toList());
    }

    @Override
    public CompletableFuture<Long> serverTimeUs() {
        questions.add(new Question(time.nanos(), "time", "*", 0, Urgency.PROBE));
        return answer(this::nowUs);
    }

    @Override
    public CompletableFuture<List<String>> halted(List<String> symbols) {
        questions.add(new Question(time.nanos(), "halted", symbols.toString(), 0, Urgency.PROBE));
        return answer(() -> symbols.stream().filter(haltedSymbols::contains).toList());
    }

    /** Answers with what is so when half of the latency is over. */
    private <T> CompletableFuture<T> answer(Supplier<T> content) {
        CompletableFuture<T> future = new CompletableFuture<>();
        boolean fails = failing;
        Duration half = latency.dividedBy(2);
        time.loop.after(
                half,
                () -> {
                    T value = content.get();
                    time.loop.after(half, () -> complete(future, value, fails));
                });
        return future;
    }

    private static <T> void complete(CompletableFuture<T> future, T value, boolean fails) {
        if (fails) {
            future.completeExceptionally(new IllegalStateException("REST fails"));
        } else {
            future.complete(value);
        }
    }
}

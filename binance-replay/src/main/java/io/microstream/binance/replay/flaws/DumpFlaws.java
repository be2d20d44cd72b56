package io.microstream.binance.replay.flaws;

import io.microstream.binance.replay.dump.DumpSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Puts planned flaws into the trades on their way to a dump, and reports what it did.
 *
 * <p>Deterministic: the same rows and the same plan give the same flawed rows. Trades keep their
 * ids, so a gap is a gap of the ids and a repeat brings ids again.
 */
public final class DumpFlaws implements DumpSink {

    private record Row(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker) {}

    private final DumpSink next;
    private final Iterator<Map.Entry<Long, Flaw>> plan;
    private final int longestRepeat;
    private final Deque<Row> tail = new ArrayDeque<>();
    private final List<InjectedFlaw> injected = new ArrayList<>();
    private Map.Entry<Long, Flaw> planned;
    private long row;
    private long lines;
    private long dropUntil;

    public DumpFlaws(FlawPlan plan, DumpSink next) {
        this.next = next;
        this.plan = plan.atRow().entrySet().iterator();
        this.longestRepeat =
                plan.atRow().values().stream()
                        .mapToInt(flaw -> flaw instanceof Flaw.Repeat repeat ? repeat.rows() : 0)
                        .max()
                        .orElse(0);
        advance();
    }

    /**
     * Returns the flaws put in so far, in order; planned ones behind the last row are not among
     * them.
     */
    public List<InjectedFlaw> injected() {
        return List.copyOf(injected);
    }

    @Override
    public void line(String text) throws IOException {
        next.line(text);
        lines++;
    }

    @Override
    public void trade(
            long id,
            long price,
            long quantity,
            long firstTradeId,
            long lastTradeId,
            long timeUs,
            boolean buyerIsMaker)
            throws IOException {
        Row given = new Row(id, price, quantity, firstTradeId, lastTradeId, timeUs, buyerIsMaker);
        if (planned != null && row == planned.getKey()) {
            Flaw flaw = planned.getValue();
            advance();
            inject(flaw, given);
        } else if (row >= dropUntil) {
            write(given);
        }
        row++;
    }

    private void inject(Flaw flaw, Row given) throws IOException {
        if (flaw instanceof Flaw.Gap gap) {
            dropUntil = row + gap.rows();
            report(flaw, given.id(), given.id() + gap.rows() - 1);
        } else if (flaw instanceof Flaw.Repeat repeat) {
            write(given);
            repeatTail(repeat);
        } else if (flaw instanceof Flaw.Late late) {
            report(flaw, given.id(), given.id());
            write(moved(given, -late.by().toNanos() / 1000));
        } else if (flaw instanceof Flaw.Malformed malformed) {
            report(flaw, given.id(), given.id());
            line(malformed.text());
            write(given);
        }
    }

    private void repeatTail(Flaw.Repeat repeat) throws IOException {
        List<Row> rows = new ArrayList<>(tail);
        rows = rows.subList(Math.max(0, rows.size() - repeat.rows()), rows.size());
        report(repeat, rows.get(0).id(), rows.get(rows.size() - 1).id());
        for (Row again : rows) {
            write(again);
        }
    }

    private void report(Flaw flaw, long firstId, long lastId) {
        injected.add(new InjectedFlaw(flaw, lines + 1, firstId, lastId));
    }

    private void write(Row given) throws IOException {
        next.trade(
                given.id(),
                given.price(),
                given.quantity(),
                given.firstTradeId(),
                given.lastTradeId(),
                given.timeUs(),
                given.buyerIsMaker());
        lines++;
        tail.add(given);
        if (tail.size() > longestRepeat) {
            tail.poll();
        }
    }

    private static Row moved(Row given, long byUs) {
        return new Row(
                given.id(),
                given.price(),
                given.quantity(),
                given.firstTradeId(),
                given.lastTradeId(),
                given.timeUs() + byUs,
                given.buyerIsMaker());
    }

    private void advance() {
        planned = plan.hasNext() ? plan.next() : null;
    }
}

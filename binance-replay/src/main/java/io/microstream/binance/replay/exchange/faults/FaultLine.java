package io.microstream.binance.replay.exchange.faults;

import io.microstream.binance.replay.Chance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A line of a script, understood.
 *
 * @param number 1-based, for errors
 * @param count how many faults
 * @param at where its one fault strikes, or null where the seed chooses
 * @param from start of the window the seed chooses in, or null
 * @param to end of that window, or null
 * @param symbols the symbols it is for; empty for any
 * @param kind what kind of fault
 * @param settings each knob's setting
 */
record FaultLine(
        int number,
        int count,
        RowPlace at,
        RowPlace from,
        RowPlace to,
        List<String> symbols,
        FaultKind kind,
        Map<Knob, String> settings) {

    private static final String PLACE = "a row, as 1000, or a share of all, as 30%";
    private static final int MOST = 1_000_000;

    /**
     * Reads {@code [COUNT|at=PLACE] KIND [knob=setting …] [symbol=A|B] [from=PLACE] [to=PLACE]}.
     *
     * @throws IllegalArgumentException with all that is wrong with it
     */
    static FaultLine read(int number, String text) {
        StringJoiner wrong = new StringJoiner(", ");
        Map<String, String> named = new LinkedHashMap<>();
        List<String> bare = new ArrayList<>();
        for (String token : text.split("\\s+")) {
            int equal = token.indexOf('=');
            if (equal < 0) {
                bare.add(token);
            } else if (named.put(token.substring(0, equal), token.substring(equal + 1)) != null) {
                wrong.add(token.substring(0, equal) + " is given twice");
            }
        }
        int count = count(bare, named.containsKey("at"), wrong);
        FaultKind kind = kind(bare, wrong);
        RowPlace at = place(named, "at", wrong);
        RowPlace from = place(named, "from", wrong);
        RowPlace to = place(named, "to", wrong);
        if (at != null && (from != null || to != null)) {
            wrong.add("at=… excludes from=… and to=…");
        }
        String symbol = named.remove("symbol");
        List<String> symbols = symbol == null ? List.of() : List.of(symbol.split("\\|"));
        Map<Knob, String> settings = kind == null ? Map.of() : settings(kind, named, wrong);
        if (wrong.length() > 0) {
            throw new IllegalArgumentException(wrong.toString());
        }
        return new FaultLine(number, count, at, from, to, symbols, kind, settings);
    }

    /**
     * Draws the line's faults, with {@code row} 0 still. Alternatives are dealt like cards: each as
     * often as the others, give or take one.
     */
    List<PlannedFault> draw(Chance chance) {
        Map<Knob, EvenDraw> deals = new LinkedHashMap<>();
        settings.forEach(
                (knob, setting) -> deals.put(knob, new EvenDraw(knob.alternatives(setting))));
        EvenDraw whose = new EvenDraw(symbols);
        List<PlannedFault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Object> values = new ArrayList<>();
            deals.forEach((knob, deal) -> values.add(knob.draw(deal.next(chance), chance)));
            String symbol = symbols.isEmpty() ? null : whose.next(chance);
            faults.add(new PlannedFault(0, kind.fault(values), symbol));
        }
        return faults;
    }

    private static int count(List<String> bare, boolean fixed, StringJoiner wrong) {
        if (bare.isEmpty() || !Character.isDigit(bare.get(0).charAt(0))) {
            if (!fixed) {
                wrong.add("no number of faults and no place, allowed: 20 KIND … or at=30% KIND …");
            }
            return 1;
        }
        String text = bare.remove(0);
        int count = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > MOST || fixed && count > 1) {
            wrong.add(
                    text
                            + " is no number of faults, allowed: 1 to "
                            + (fixed ? "1 with at=…" : MOST));
        }
        return count;
    }

    private static FaultKind kind(List<String> bare, StringJoiner wrong) {
        FaultKind kind = bare.size() == 1 ? FaultKind.byWord().get(bare.get(0)) : null;
        if (kind == null) {
            String allowed = String.join("|", FaultKind.byWord().keySet());
            String given = bare.isEmpty() ? "no kind of fault" : "'" + String.join(" ", bare) + "'";
            wrong.add(given + (bare.isEmpty() ? "" : " is no fault") + ", allowed: " + allowed);
        }
        return kind;
    }

    private static RowPlace place(Map<String, String> named, String name, StringJoiner wrong) {
        String text = named.remove(name);
        if (text == null) {
            return null;
        }
        try {
            return RowPlace.read(text);
        } catch (ArithmeticException | NumberFormatException e) {
            wrong.add(name + "=" + text + " is no place, allowed: " + PLACE);
            return null;
        }
    }

    private static Map<Knob, String> settings(
            FaultKind kind, Map<String, String> named, StringJoiner wrong) {
        Map<Knob, String> settings = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(named.keySet());
        StringJoiner names = new StringJoiner("|");
        for (Knob knob : kind.knobs()) {
            unknown.remove(knob.name());
            names.add(knob.name());
            String setting = named.getOrDefault(knob.name(), knob.fallback());
            String complaint = knob.complaint(setting);
            if (complaint != null) {
                wrong.add(knob.name() + "=" + setting + " is not possible, allowed: " + complaint);
            }
            settings.put(knob, setting);
        }
        for (String name : unknown) {
            wrong.add(name + "=… is not known here, allowed: " + names + "|symbol|at|from|to");
        }
        return settings;
    }
}

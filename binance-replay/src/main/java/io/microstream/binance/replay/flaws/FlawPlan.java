package io.microstream.binance.replay.flaws;

import io.microstream.binance.replay.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which flaw goes to which row.
 *
 * @param atRow flaws by 0-based row of the unflawed input; none on a row that a gap takes away
 */
public record FlawPlan(NavigableMap<Long, Flaw> atRow) {

    private static final long SPACING = 100;
    private static final int LONGEST = 20;

    /**
     * @throws IllegalArgumentException if a flaw lies inside a gap
     */
    public FlawPlan {
        atRow = new TreeMap<>(atRow);
        long gapEnd = -1;
        for (Map.Entry<Long, Flaw> entry : atRow.entrySet()) {
            if (entry.getKey() < gapEnd) {
                throw new IllegalArgumentException(
                        "A flaw lies inside a gap: row=" + entry.getKey() + " gapEnd=" + gapEnd);
            }
            if (entry.getValue() instanceof Flaw.Gap gap) {
                gapEnd = entry.getKey() + gap.rows();
            }
        }
    }

    /** Plans one flaw at a row. */
    public static FlawPlan of(long row, Flaw flaw) {
        return new FlawPlan(new TreeMap<>(Map.of(row, flaw)));
    }

    /**
     * Scatters flaws of all kinds over rows: gaps and repeats of 1 to {@value #LONGEST} rows,
     * trades 1 to 6 hours late, malformed lines. Every flaw lies at least {@value #LONGEST} rows
     * from the next and from both ends.
     *
     * @param rows how many rows there will be
     * @throws IllegalArgumentException with fewer than {@value #SPACING} rows for each flaw
     */
    public static FlawPlan scattered(
            long seed, long rows, int gaps, int repeats, int late, int malformed) {
        int flaws = gaps + repeats + late + malformed;
        if (flaws == 0) {
            return new FlawPlan(new TreeMap<>());
        }
        long share = rows / flaws;
        if (share < SPACING) {
            throw new IllegalArgumentException(
                    "Too few rows for the flaws: rows="
                            + rows
                            + " flaws="
                            + flaws
                            + ". At least "
                            + SPACING
                            + " rows a flaw.");
        }
        Chance chance = new Chance(seed);
        List<Flaw> kinds = drawn(chance, gaps, repeats, late, malformed);
        TreeMap<Long, Flaw> atRow = new TreeMap<>();
        for (int i = 0; i < flaws; i++) {
            Flaw flaw = kinds.remove((int) chance.below(kinds.size()));
            atRow.put(i * share + LONGEST + chance.below(share - 3 * LONGEST), flaw);
        }
        return new FlawPlan(atRow);
    }

    private static List<Flaw> drawn(Chance chance, int gaps, int repeats, int late, int malformed) {
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < gaps; i++) {
            flaws.add(new Flaw.Gap(1 + (int) chance.below(LONGEST)));
        }
        for (int i = 0; i < repeats; i++) {
            flaws.add(new Flaw.Repeat(1 + (int) chance.below(LONGEST)));
        }
        for (int i = 0; i < late; i++) {
            flaws.add(new Flaw.Late(Duration.ofHours(1 + chance.below(6))));
        }
        for (int i = 0; i < malformed; i++) {
            flaws.add(new Flaw.Malformed("corrupt line " + chance.below(1_000_000)));
        }
        return flaws;
    }
}

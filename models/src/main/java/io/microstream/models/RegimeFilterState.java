package io.microstream.models;

/**
 * The state of a {@link RegimeScorer} for one symbol: the last {@value #CAPACITY} input vectors and
 * the filter's distribution after each of them.
 *
 * <p>Rows are in order of open time in a ring that begins at {@link #oldest}: row i sits in slot
 * {@code (oldest + i) % CAPACITY}. Arrays are {@code inputs[slot][input]} in raw units and {@code
 * lnAlpha[slot][state]}. About 11 kB with two inputs and four states.
 *
 * <p>A state type: public fields, no-argument constructor, never remove a field. Only the scorer
 * writes to it.
 */
public final class RegimeFilterState {

    /** Number of rows kept: how far a new model looks back when it takes over. */
    public static final int CAPACITY = 240;

    /** Identifies the model that filtered: the first 64 bits of its SHA-256. */
    public long model;

    /** Identifies the inputs that are kept: a hash of their names. */
    public long inputNames;

    public int inputCount;
    public int stateCount;
    public int oldest;
    public int count;

    /** Whether rows before the oldest were dropped. */
    public boolean hasDropped;

    public long[] openTimes = new long[0];
    public long[] revisions = new long[0];
    public double[] inputs = new double[0];
    public double[] lnAlpha = new double[0];

    /** Creates the state before the first vector; also called by deserialization. */
    public RegimeFilterState() {}

    RegimeFilterState copy() {
        RegimeFilterState copy = new RegimeFilterState();
        copy.model = model;
        copy.inputNames = inputNames;
        copy.inputCount = inputCount;
        copy.stateCount = stateCount;
        copy.oldest = oldest;
        copy.count = count;
        copy.hasDropped = hasDropped;
        copy.openTimes = openTimes.clone();
        copy.revisions = revisions.clone();
        copy.inputs = inputs.clone();
        copy.lnAlpha = lnAlpha.clone();
        return copy;
    }

    int slot(int row) {
        return (oldest + row) % CAPACITY;
    }

    /** Returns the number of minutes without a row between a row and the one before it. */
    long missingBefore(int row) {
        return (openTimes[slot(row)] - openTimes[slot(row - 1)]) / 60_000 - 1;
    }

    /** Discards all rows and makes room for rows of other inputs. */
    void reset(long newInputNames, int newInputCount) {
        inputNames = newInputNames;
        inputCount = newInputCount;
        oldest = 0;
        count = 0;
        hasDropped = false;
        openTimes = new long[CAPACITY];
        revisions = new long[CAPACITY];
        inputs = new double[CAPACITY * newInputCount];
    }

    /**
     * Inserts a row before the rows from {@code row} on and returns its place; drops the oldest row
     * if full.
     */
    int insert(int row, long openTimeMs, long revision, double[] x) {
        int place = row;
        if (count == CAPACITY) {
            oldest = (oldest + 1) % CAPACITY;
            count--;
            place--;
            hasDropped = true;
        }
        for (int later = count; later > place; later--) {
            move(later - 1, later);
        }
        count++;
        write(place, openTimeMs, revision, x);
        return place;
    }

    void write(int row, long openTimeMs, long revision, double[] x) {
        openTimes[slot(row)] = openTimeMs;
        revisions[slot(row)] = revision;
        System.arraycopy(x, 0, inputs, slot(row) * inputCount, inputCount);
    }

    void remove(int row) {
        for (int i = row; i + 1 < count; i++) {
            move(i + 1, i);
        }
        count--;
    }

    private void move(int from, int to) {
        openTimes[slot(to)] = openTimes[slot(from)];
        revisions[slot(to)] = revisions[slot(from)];
        System.arraycopy(
                inputs, slot(from) * inputCount, inputs, slot(to) * inputCount, inputCount);
    }
}

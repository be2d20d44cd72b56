package io.microstream.binance.replay.dump;

import java.util.Objects;

/**
 * The period, packing and unit of time of dump files.
 *
 * @param period a file a day or a month
 * @param zipped true for {@code .zip} with {@code .zip.CHECKSUM} beside it, false for plain {@code
 *     .csv}
 * @param time the unit of times
 */
public record DumpFormat(DumpPeriod period, boolean zipped, DumpTime time) {

    /** The format of Binance's monthly dumps. */
    public static final DumpFormat MONTHLY =
            new DumpFormat(DumpPeriod.MONTHLY, true, DumpTime.AS_BINANCE);

    /** The format of Binance's daily dumps. */
    public static final DumpFormat DAILY =
            new DumpFormat(DumpPeriod.DAILY, true, DumpTime.AS_BINANCE);

    public DumpFormat {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(time, "time");
    }

    /** Returns the same format as plain CSV files. */
    public DumpFormat plain() {
        return new DumpFormat(period, false, time);
    }

    /** Returns the same format with times in another unit. */
    public DumpFormat in(DumpTime unit) {
        return new DumpFormat(period, zipped, unit);
    }
}

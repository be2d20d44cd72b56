package io.microstream.binance.replay.exchange.faults;

import io.microstream.market.Decimal8;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** How a knob's number is written in a script. Held as a long, so that ranges can be drawn from. */
enum Unit {
    /** A whole number. */
    COUNT("a whole number, as 12") {
        @Override
        long read(String text) {
            return Integer.parseInt(text);
        }

        @Override
        String write(long units) {
            return Long.toString(units);
        }
    },
    /** Microseconds, written with a unit. */
    DURATION("a time with its unit, as 250us, 100ms, 5s, 10m or 4h") {
        @Override
        long read(String text) {
            int digits = text.startsWith("-") ? 1 : 0;
            while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            Long unit = MICROS.get(text.substring(digits));
            if (unit == null) {
                throw new NumberFormatException("no unit of time: '" + text + "'");
            }
            return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit);
        }

        @Override
        String write(long units) {
            for (String unit : new String[] {"h", "m", "s", "ms"}) {
                if (units % MICROS.get(unit) == 0) {
                    return units / MICROS.get(unit) + (units == 0 ? "s" : unit);
                }
            }
            return units + "us";
        }
    },
    /** A price, units of 1e-8. */
    PRICE("a decimal of at most 8 places, as 0.10") {
        @Override
        long read(String text) {
            return Decimal8.parse(text);
        }

        @Override
        String write(long units) {
            return Decimal8.toBigDecimal(units).stripTrailingZeros().toPlainString();
        }
    },
    /** Parts per million, in millionths. */
    PPM("a decimal of at most 6 places, as -20.5") {
        @Override
        long read(String text) {
            return new BigDecimal(text).movePointRight(6).longValueExact();
        }

        @Override
        String write(long units) {
            return BigDecimal.valueOf(units, 6).stripTrailingZeros().toPlainString();
        }
    };

    private static final Map<String, Long> MICROS =
            Map.of("us", 1L, "ms", 1_000L, "s", 1_000_000L, "m", 60_000_000L, "h", 3_600_000_000L);

    private final String allowed;

    Unit(String allowed) {
        this.allowed = allowed;
    }

    /** The unit of a fault's component. */
    static Unit of(Class<?> type) {
        if (type == int.class) {
            return COUNT;
        }
        if (type == long.class) {
            return PRICE;
        }
        return type == double.class ? PPM : type == Duration.class ? DURATION : null;
    }

    String allowed() {
        return allowed;
    }

    /**
     * @throws ArithmeticException and {@link NumberFormatException} for what is not written so
     */
    abstract long read(String text);

    abstract String write(long units);

    /** The value that a fault holds. */
    Object value(long units) {
        return switch (this) {
            case COUNT -> (int) units;
            case PRICE -> units;
            case PPM -> units / 1e6;
            case DURATION -> Duration.ofNanos(Math.multiplyExact(units, 1000));
        };
    }

    /** The reverse of {@link #value}. */
    long units(Object value) {
        return switch (this) {
            case COUNT -> (Integer) value;
            case PRICE -> (Long) value;
            case PPM -> Math.round((Double) value * 1e6);
            case DURATION -> ((Duration) value).toNanos() / 1000;
        };
    }
}

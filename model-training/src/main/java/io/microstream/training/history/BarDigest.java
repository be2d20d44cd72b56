package io.microstream.training.history;

import io.microstream.market.Bar;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over bars: 48 bytes each, big-endian, open time in milliseconds and the IEEE 754 bits of
 * open, high, low, close and volume. It identifies the data, however they were packed into files.
 */
final class BarDigest {

    private final MessageDigest digest;
    private final ByteBuffer row = ByteBuffer.allocate(48);

    BarDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void add(Bar bar) {
        row.clear();
        row.putLong(bar.openTimeMs());
        put(bar.open());
        put(bar.high());
        put(bar.low());
        put(bar.close());
        put(bar.volume());
        digest.update(row.array());
    }

    private void put(BigDecimal value) {
        row.putDouble(value.doubleValue());
    }

    /** Returns the digest in lower-case hex. No bar can be added afterwards. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

package io.microstream.binance.transport.rest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * An answer as it came.
 *
 * @param status HTTP status
 * @param lowerCaseHeaders names in lower case; of a header that came twice, the last
 * @param body the whole body; not copied
 */
public record RestResponse(int status, Map<String, String> lowerCaseHeaders, byte[] body) {

    /** The header, null if it did not come. */
    String header(String lowerCaseName) {
        return lowerCaseHeaders.get(lowerCaseName);
    }

    /** A header that holds a whole number ≥ 0; {@code otherwise} if there is none. */
    long number(String lowerCaseName, long otherwise) {
        String text = header(lowerCaseName);
        boolean plain = text != null && text.strip().matches("[0-9]{1,15}");
        return plain ? Long.parseLong(text.strip()) : otherwise;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RestResponse that
                && status == that.status
                && lowerCaseHeaders.equals(that.lowerCaseHeaders)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * status + lowerCaseHeaders.hashCode()) + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "RestResponse[status=%d, headers=%s, bytes=%d]",
                status,
                lowerCaseHeaders,
                body.length);
    }
}

package io.microstream.live.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response with its whole body.
 *
 * @param status HTTP status
 * @param contentType with its charset where it is text
 * @param body whole, not yet compressed
 * @param headers besides Content-Type
 */
public record ApiResponse(
        int status, String contentType, byte[] body, Map<String, String> headers) {

    public static final String JSON = "application/json";
    public static final String CSV = "text/csv; charset=utf-8";

    public static final String ZIP = "application/zip";

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /** Returns a response of status 200 with text. */
    public static ApiResponse text(String contentType, String body) {
        return new ApiResponse(200, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Returns a response of status 200 with JSON. */
    public static ApiResponse json(JsonNode body) {
        return text(JSON, body.toString());
    }

    /** Returns the same response with one more header. */
    public ApiResponse with(String header, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, contentType, body, more);
    }
}

package io.microstream.live.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An error response, as RFC 9457 defines it.
 *
 * @param status of the response
 * @param name last part of the type {@code urn:microstream:problem:NAME}
 * @param title the same for every problem of a name
 * @param detail what, where, what to do, in one line
 * @param parameter that is at fault; null if none is
 * @param retryAfterSeconds 0 where trying again does not help
 */
public record Problem(
        int status,
        String name,
        String title,
        String detail,
        String parameter,
        int retryAfterSeconds) {

    private static Problem of(int status, String name, String title, String detail) {
        return new Problem(status, name, title, detail, null, 0);
    }

    public static Problem badParameter(String parameter, String detail) {
        return new Problem(400, "bad-parameter", "Bad parameter", detail, parameter, 0);
    }

    public static Problem badCursor(String detail) {
        return new Problem(400, "bad-cursor", "Bad cursor", detail, "cursor", 0);
    }

    public static Problem badRange(String detail) {
        return new Problem(400, "bad-range", "Bad range", detail, "from", 0);
    }

    public static Problem badRequest(String detail) {
        return of(400, "bad-request", "Bad request", detail);
    }

    public static Problem tokenNeeded(String detail) {
        return of(401, "token-needed", "Token needed", detail);
    }

    public static Problem foreign(String detail) {
        return of(403, "foreign", "Foreign host or origin", detail);
    }

    public static Problem unknownPath(String detail) {
        return of(404, "unknown-path", "Unknown path", detail);
    }

    public static Problem unknownSymbol(String detail) {
        return new Problem(404, "unknown-symbol", "Unknown symbol", detail, "symbol", 0);
    }

    /** Returns a problem for a resource of the path that does not exist. */
    public static Problem notThere(String detail) {
        return of(404, "not-there", "Not there", detail);
    }

    public static Problem methodNotAllowed(String detail) {
        return of(405, "method-not-allowed", "Method not allowed", detail);
    }

    public static Problem notAcceptable(String detail) {
        return of(406, "not-acceptable", "Not acceptable", detail);
    }

    public static Problem tooLarge(String detail) {
        return of(413, "too-large", "Too large", detail);
    }

    /** Returns a problem of status 414 or 431. */
    public static Problem tooLong(int status, String detail) {
        return of(status, "too-long", "Too long", detail);
    }

    public static Problem unsupportedMedia(String detail) {
        return of(415, "unsupported-media-type", "Unsupported media type", detail);
    }

    public static Problem tooManyRequests(String detail, int retryAfterSeconds) {
        return new Problem(
                429, "too-many-requests", "Too many requests", detail, null, retryAfterSeconds);
    }

    public static Problem internal(String detail) {
        return of(500, "internal", "Internal error", detail);
    }

    public static Problem databaseAway(String detail) {
        return new Problem(503, "database-away", "Database away", detail, null, 2);
    }

    public static Problem busy(String detail) {
        return new Problem(503, "busy", "Busy", detail, null, 1);
    }

    /** Returns the members of {@code application/problem+json}. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("type", "urn:microstream:problem:" + name);
        json.put("title", title);
        json.put("status", status);
        json.put("detail", detail);
        if (parameter != null) {
            json.put("parameter", parameter);
        }
        return json;
    }
}

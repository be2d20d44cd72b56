package io.microstream.binance.replay.exchange.rest;

/** The messages of Binance for requests that it does not serve. */
final class RestTexts {

    static final String UNKNOWN = "An unknown error occurred while processing the request.";
    static final String DISCONNECTED =
            "Internal error; unable to process your request. Please try again.";
    static final String TIMEOUT =
            "Timeout waiting for response from backend server."
                    + " Send status unknown; execution status unknown.";
    static final String OVERLOADED =
            "Server is currently overloaded with other requests. Please try again in a few"
                    + " minutes.";
    static final String RESTRICTED_LOCATION =
            "Service unavailable from a restricted location according to 'b. Eligibility' in"
                    + " https://www.binance.com/en/terms. Please contact customer service if you"
                    + " believe you received this message in error.";
    static final String FORBIDDEN = page("403 Forbidden");
    static final String BAD_GATEWAY = page("502 Bad Gateway");

    private RestTexts() {}

    static String tooMuch(int weightPerMinute) {
        return "Too much request weight used; current limit is "
                + weightPerMinute
                + " request weight per 1 MINUTE."
                + " Please use WebSocket Streams for live updates to avoid polling the API.";
    }

    static String banned(long untilMs) {
        return "Way too much request weight used; IP banned until "
                + untilMs
                + ". Please use WebSocket Streams for live updates to avoid bans.";
    }

    private static String page(String title) {
        return "<html><head><title>"
                + title
                + "</title></head><body><h1>"
                + title
                + "</h1></body></html>";
    }
}

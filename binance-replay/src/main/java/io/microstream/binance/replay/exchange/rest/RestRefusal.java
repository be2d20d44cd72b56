package io.microstream.binance.replay.exchange.rest;

/** A request that is answered with an error: an HTTP status and Binance's code and text. */
final class RestRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    RestRefusal(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static RestRefusal missing(String parameter) {
        return bad(
                -1102,
                "Mandatory parameter '"
                        + parameter
                        + "' was not sent, was empty/null, or malformed.");
    }

    static RestRefusal illegalCharacters(String parameter, String legal) {
        return bad(
                -1100,
                "Illegal characters found in parameter '"
                        + parameter
                        + "'; legal range is '"
                        + legal
                        + "'.");
    }

    static RestRefusal invalidValue(String parameter) {
        return bad(-1130, "Data sent for parameter '" + parameter + "' is not valid.");
    }

    static RestRefusal badCombination() {
        return bad(-1128, "Combination of optional parameters invalid.");
    }

    static RestRefusal badSymbol() {
        return bad(-1121, "Invalid symbol.");
    }

    static RestRefusal badInterval() {
        return bad(-1120, "Invalid interval.");
    }

    static RestRefusal badStatus() {
        return bad(-1122, "Invalid symbolStatus.");
    }

    static RestRefusal otherStatus() {
        return bad(-1220, "The symbol's status does not match the requested symbolStatus.");
    }

    static RestRefusal unread(int read, int sent) {
        return bad(
                -1104,
                "Not all sent parameters were read; read '"
                        + read
                        + "' parameter(s) but was sent '"
                        + sent
                        + "'.");
    }

    static RestRefusal tooMany(int expected, int sent) {
        return bad(
                -1101,
                "Too many parameters; expected '" + expected + "' and received '" + sent + "'.");
    }

    private static RestRefusal bad(int code, String message) {
        return new RestRefusal(400, code, message);
    }
}

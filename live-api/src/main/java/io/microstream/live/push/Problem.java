package io.microstream.live.push;

/**
 * What is wrong with a message of a client, in the words of RFC 9457.
 *
 * @param name last part of the problem's URN
 * @param title the same for every problem of that name
 * @param status as REST would answer
 * @param parameter the member at fault; null if it is the whole message
 * @param detail what, where and what to do, in one line
 */
record Problem(String name, String title, int status, String parameter, String detail) {

    static Problem malformed(String detail) {
        return new Problem("bad-message", "Message not understood", 400, null, detail);
    }

    static Problem parameter(String parameter, String detail) {
        return new Problem("bad-parameter", "Parameter not understood", 400, parameter, detail);
    }

    static Problem tooMany(String parameter, String detail) {
        return new Problem("too-many-symbols", "Too many symbols", 400, parameter, detail);
    }
}

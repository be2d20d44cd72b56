package io.microstream.live.rest;

/** What a client sent, fit to be said back in one line. */
public final class OneLine {

    private static final int LONGEST = 80;

    private OneLine() {}

    /** Without control characters, and not longer than 80 characters. */
    public static String of(String text) {
        String visible = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}]", "\uFFFD");
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "…";
    }
}

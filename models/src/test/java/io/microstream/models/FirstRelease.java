package io.microstream.models;

import java.io.IOException;
import java.io.InputStream;

/** Artefacts of format 1 as the first release shipped them; every release must open them. */
final class FirstRelease {

    private FirstRelease() {}

    static byte[] regime() throws IOException {
        return read("regime-BTCUSDT.model");
    }

    static byte[] anomaly() throws IOException {
        return read("anomaly-BTCUSDT.model");
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = FirstRelease.class.getResourceAsStream("first-release/" + name)) {
            return in.readAllBytes();
        }
    }
}

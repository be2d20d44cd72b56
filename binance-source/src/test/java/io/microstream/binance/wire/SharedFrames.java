package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The recorded frames beside the project; tests that need them are skipped where they are not. */
final class SharedFrames {

    private SharedFrames() {}

    static List<byte[]> of2021() {
        return jsonOf(present("frames/spot-2021-10-11.ws.txt"), false);
    }

    static List<byte[]> ofCapture(String symbol) {
        return jsonOf(present("captures/spot-" + symbol + "-20240808.gz"), true);
    }

    private static Path present(String name) {
        return SharedData.require("data/" + name);
    }

    private static List<byte[]> jsonOf(Path file, boolean gzip) {
        List<byte[]> frames = new ArrayList<>();
        try (var raw = Files.newInputStream(file);
                var in = gzip ? new GZIPInputStream(raw) : raw;
                var lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int json = line.indexOf('{');
                if (json >= 0) {
                    frames.add(line.substring(json).getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }
}

package io.microstream.models;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The models shipped with the program, so that it scores from the first bar on: a regime and an
 * anomaly model for BTCUSDT, and one of each for {@value ModelArtifact#ANY_SYMBOL}, all effective
 * from the epoch on.
 *
 * <p>They are the resources that {@code defaults/index.txt} beside this class names, made by {@code
 * ./microstream train}; {@code docs/default-models/} documents their training data and their
 * quality.
 */
public final class DefaultModels {

    private static final String FOLDER = "defaults/";

    private DefaultModels() {}

    /**
     * Reads the default models from the class path, in the order of the index.
     *
     * @throws ModelRejectedException if one is damaged
     * @throws UncheckedIOException if one is missing from the build
     */
    public static List<ModelArtifact> load() {
        return new String(read("index.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(name -> ModelArtifact.read(read(name.strip())))
                .toList();
    }

    private static byte[] read(String name) {
        try (InputStream in = DefaultModels.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "Default model is missing: resource="
                                + FOLDER
                                + name
                                + ". Build the module models again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}

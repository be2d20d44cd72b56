package io.microstream.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The models that travel with the program, trained on recorded klines; docs/default-models has
 * their reports.
 */
public final class DefaultModels {

    private static final String FOLDER = "/io/microstream/models/defaults/";

    private DefaultModels() {}

    /** All of them, in the order of their index. */
    public static List<ModelArtifact> load() {
        String index = new String(bytes("index.txt"), StandardCharsets.UTF_8);
        return index.lines()
                .filter(name -> !name.isBlank())
                .map(name -> ModelArtifact.read(bytes(name)))
                .toList();
    }

    private static byte[] bytes(String name) {
        try (InputStream resource = DefaultModels.class.getResourceAsStream(FOLDER + name)) {
            if (resource == null) {
                throw new IllegalStateException("Not on the class path: " + FOLDER + name);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable: " + FOLDER + name, e);
        }
    }
}

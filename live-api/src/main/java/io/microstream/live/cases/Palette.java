package io.microstream.live.cases;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The live page's colours for light backgrounds, by their names in its style sheet. */
final class Palette {

    private static final String STYLE_SHEET = "/live-page/style.css";
    private static final Pattern COLOUR =
            Pattern.compile("--([a-z-]+): light-dark\\(#([0-9a-f]{6}),");
    private static final Map<String, Color> COLOURS = read();

    private Palette() {}

    /**
     * Returns a colour of the page.
     *
     * @throws IllegalArgumentException if the style sheet defines none of this name
     */
    static Color colour(String name) {
        Color colour = COLOURS.get(name);
        if (colour == null) {
            throw new IllegalArgumentException(
                    "Colour not in the style sheet: name=" + name + " known=" + COLOURS.keySet());
        }
        return colour;
    }

    /** Returns the same colour, {@code alpha} of 255 opaque. */
    static Color translucent(String name, int alpha) {
        return new Color(colour(name).getRGB() & 0xFFFFFF | alpha << 24, true);
    }

    private static Map<String, Color> read() {
        try (InputStream sheet = Palette.class.getResourceAsStream(STYLE_SHEET)) {
            String text = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
            return COLOUR.matcher(text)
                    .results()
                    .collect(
                            Collectors.toMap(
                                    (MatchResult colour) -> colour.group(1),
                                    colour -> new Color(Integer.parseInt(colour.group(2), 16))));
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable: resource=" + STYLE_SHEET, e);
        }
    }
}

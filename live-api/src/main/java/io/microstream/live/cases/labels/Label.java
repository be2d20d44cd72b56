package io.microstream.live.cases.labels;

/**
 * The verdict of an analyst on a minute.
 *
 * @param verdict whether it is an anomaly
 * @param note why, at most {@link #MAX_NOTE} characters; maybe empty
 * @param analyst name, 1 … {@link #MAX_ANALYST} characters
 */
public record Label(Verdict verdict, String note, String analyst) {

    public static final int MAX_NOTE = 2_000;
    public static final int MAX_ANALYST = 64;

    /** The analyst of a label that names none. */
    public static final String SOMEBODY = "analyst";

    /** The verdicts that an analyst can give. */
    public enum Verdict {
        /** The minute is a true anomaly. */
        TRUE,
        /** The minute is not an anomaly: a false alarm if it was flagged. */
        FALSE,
        /** It was looked at and remains undecided. */
        UNCLEAR;

        /**
         * Parses a verdict.
         *
         * @throws BadLabelException for any other
         */
        public static Verdict of(String text) {
            for (Verdict verdict : values()) {
                if (verdict.name().equals(text)) {
                    return verdict;
                }
            }
            throw new BadLabelException("verdict", "Not a verdict. Give TRUE, FALSE or UNCLEAR");
        }
    }

    /**
     * @throws BadLabelException if a part is missing, too long or holds control characters
     */
    public Label {
        if (verdict == null) {
            throw new BadLabelException("verdict", "No verdict. Give TRUE, FALSE or UNCLEAR");
        }
        note = note == null ? "" : note.strip();
        analyst = checkedAnalyst(analyst);
        if (note.codePointCount(0, note.length()) > MAX_NOTE) {
            throw new BadLabelException(
                    "note",
                    "Note too long: characters="
                            + note.codePointCount(0, note.length())
                            + ". Give at most "
                            + MAX_NOTE);
        }
        if (note.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new BadLabelException("note", "Note holds control characters. Leave them out");
        }
    }

    /** Returns a name as it is stored; {@link #SOMEBODY} for none. */
    static String checkedAnalyst(String name) {
        String stripped = name == null ? SOMEBODY : name.strip();
        if (stripped.isEmpty()
                || stripped.codePointCount(0, stripped.length()) > MAX_ANALYST
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new BadLabelException(
                    "analyst",
                    "Not a name. Give 1 to " + MAX_ANALYST + " characters, none of them control");
        }
        return stripped;
    }
}

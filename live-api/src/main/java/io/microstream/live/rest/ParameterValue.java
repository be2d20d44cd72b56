package io.microstream.live.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of a parameter, read as its schema says. */
final class ParameterValue {

    private static final Instant EARLIEST = Instant.parse("2009-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private ParameterValue() {}

    /**
     * Its value: Long, Boolean, Instant or String; null if it is absent and has no default.
     *
     * @param text null if absent
     * @throws ProblemException (400) if the schema does not allow it
     */
    static Object of(Contract.Parameter parameter, String text) {
        if (text == null) {
            if (parameter.required()) {
                throw bad(parameter, " is missing: ", "(none)", "Give it once");
            }
            JsonNode byDefault = parameter.schema().path("default");
            return byDefault.isMissingNode() ? null : of(parameter, byDefault.asText());
        }
        JsonNode schema = parameter.schema();
        if (schema.path("x-moment").asBoolean(false)) {
            return moment(parameter, text);
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> whole(parameter, text);
            case "boolean" -> truth(parameter, text);
            default -> text(parameter, text);
        };
    }

    private static Long whole(Contract.Parameter parameter, String text) {
        long least = parameter.schema().path("minimum").asLong(Long.MIN_VALUE);
        long most = parameter.schema().path("maximum").asLong(Long.MAX_VALUE);
        boolean isWhole = text.matches("-?\\d{1,18}");
        if (!isWhole || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw bad(
                    parameter,
                    " must be " + least + " to " + most + ": ",
                    text,
                    parameter.name().equals("limit") && isWhole && Long.parseLong(text) > most
                            ? "Give a smaller limit and follow next"
                            : "Give a whole number between");
        }
        return Long.valueOf(text);
    }

    private static Boolean truth(Contract.Parameter parameter, String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw bad(parameter, " must be true or false: ", text, "Give one of the two");
        }
        return text.equals("true");
    }

    private static String text(Contract.Parameter parameter, String text) {
        JsonNode schema = parameter.schema();
        List<String> allowed = new ArrayList<>();
        schema.path("enum").forEach(value -> allowed.add(value.asText()));
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            String words = String.join(", ", allowed);
            throw bad(parameter, " is none of " + words + ": ", text, "Give one of them");
        }
        int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            throw bad(
                    parameter,
                    " has length "
                            + length
                            + ", allowed are "
                            + schema.path("minLength").asInt(0)
                            + " to "
                            + schema.path("maxLength").asInt()
                            + ": ",
                    text,
                    "Give another");
        }
        String pattern = schema.path("pattern").asText("");
        if (!pattern.isEmpty() && !text.matches(pattern)) {
            throw bad(parameter, " is not of the form " + pattern + ": ", text, "Give another");
        }
        return text;
    }

    private static Instant moment(Contract.Parameter parameter, String text) {
        Instant time = parsed(parameter, text);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw bad(parameter, " must lie in 2009 to 2100: ", text, "Give a time between");
        }
        return time;
    }

    private static Instant parsed(Contract.Parameter parameter, String text) {
        try {
            return text.matches("\\d{13}")
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw bad(
                    parameter,
                    " is not a time: ",
                    text,
                    "Give 2026-01-05T00:17:00Z or epoch milliseconds; write + as %2B");
        }
    }

    private static ProblemException bad(
            Contract.Parameter parameter, String what, String text, String advice) {
        String name = parameter.name();
        String subject = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return new ProblemException(
                Problem.badParameter(
                        name, subject + what + name + "=" + OneLine.of(text) + ". " + advice));
    }
}

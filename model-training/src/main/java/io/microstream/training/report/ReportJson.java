package io.microstream.training.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Map;

/** Writes records and maps as JSON; numbers that are not finite become null. */
final class ReportJson {

    private static final ObjectMapper COMPACT = mapper();
    private static final ObjectMapper PRETTY = mapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportJson() {}

    private static ObjectMapper mapper() {
        SimpleModule numbers = new SimpleModule();
        numbers.addSerializer(Double.class, new Finite());
        numbers.addSerializer(double.class, new Finite());
        return new ObjectMapper().registerModule(numbers);
    }

    static String compact(Object value) {
        return write(COMPACT, value);
    }

    /** Returns a value as maps, lists, strings, numbers and null, for a template. */
    static Map<String, Object> tree(Object value) {
        return COMPACT.convertValue(value, new TypeReference<>() {});
    }

    static String pretty(Object value) {
        return write(PRETTY, value) + "\n";
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }

    private static final class Finite extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }
}

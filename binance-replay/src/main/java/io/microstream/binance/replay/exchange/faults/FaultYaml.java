package io.microstream.binance.replay.exchange.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Binds YAML, and so JSON, to {@link Fault}s. */
final class FaultYaml {

    static final YAMLMapper MAPPER =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .addModule(
                            new SimpleModule().addDeserializer(Duration.class, new IsoDuration()))
                    .build();

    /** The settings of each kind of fault with their defaults, in the order they are drawn. */
    static final Map<String, ObjectNode> DEFAULTS = defaults();

    private static final Map<String, Class<?>> TYPES =
            Arrays.stream(Fault.class.getPermittedSubclasses())
                    .collect(
                            Collectors.toMap(
                                    type ->
                                            KebabCaseStrategy.INSTANCE.translate(
                                                    type.getSimpleName()),
                                    Function.identity()));

    private FaultYaml() {}

    private static Map<String, ObjectNode> defaults() {
        try (InputStream yaml = FaultYaml.class.getResourceAsStream("fault-kinds.yaml")) {
            return MAPPER.readValue(
                    yaml, new TypeReference<LinkedHashMap<String, ObjectNode>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the fault of a kind with a value for each of its settings. */
    static Fault bind(String kind, ObjectNode settings) {
        try {
            return (Fault) MAPPER.treeToValue(settings, TYPES.get(kind));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Checked settings cannot be bound: kind=" + kind, e);
        }
    }

    /** Returns the type of a setting. */
    static Class<?> type(String kind, String setting) {
        return Arrays.stream(TYPES.get(kind).getRecordComponents())
                .filter(component -> component.getName().equals(setting))
                .findFirst()
                .orElseThrow()
                .getType();
    }

    private static final class IsoDuration extends FromStringDeserializer<Duration> {

        private static final long serialVersionUID = 1;

        IsoDuration() {
            super(Duration.class);
        }

        @Override
        protected Duration _deserialize(String text, DeserializationContext context) {
            return Duration.parse(text);
        }
    }
}

package io.microstream.binance.replay.exchange.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A case of {@link Fault} and its knobs, by the names that scripts use: the record's name in lower
 * case with hyphens, and its components' names.
 */
final class FaultKind {

    private static final Map<String, FaultKind> ALL = all();

    private final Class<?> type;
    private final String word;
    private final List<Knob> knobs;

    private FaultKind(Class<?> type) {
        this.type = type;
        this.word =
                type.getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                        .toLowerCase(Locale.ROOT);
        this.knobs = Arrays.stream(type.getRecordComponents()).map(Knob::new).toList();
    }

    /** The kinds by their word, in the order {@link Fault} lists them. */
    static Map<String, FaultKind> byWord() {
        return ALL;
    }

    List<Knob> knobs() {
        return knobs;
    }

    /** The fault with these values of the knobs, in their order. */
    Fault fault(List<Object> values) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            return (Fault) type.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("Fault cannot be made: kind=" + word, e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Fault cannot be made: kind=" + word, e.getCause());
        }
    }

    /** A fault as a script would write it, each knob said. */
    static String write(Fault fault) {
        RecordComponent[] components = fault.getClass().getRecordComponents();
        FaultKind kind =
                ALL.values().stream()
                        .filter(each -> each.type == fault.getClass())
                        .findFirst()
                        .orElseThrow();
        StringBuilder text = new StringBuilder(kind.word);
        for (int i = 0; i < components.length; i++) {
            Knob knob = kind.knobs.get(i);
            text.append(' ').append(knob.name()).append('=');
            text.append(knob.write(valueOf(fault, components[i])));
        }
        return text.toString();
    }

    private static Object valueOf(Fault fault, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fault);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Fault cannot be read: fault=" + fault, e);
        }
    }

    private static Map<String, FaultKind> all() {
        Map<String, FaultKind> kinds = new LinkedHashMap<>();
        for (Class<?> type : Fault.class.getPermittedSubclasses()) {
            FaultKind kind = new FaultKind(type);
            kinds.put(kind.word, kind);
        }
        return kinds;
    }
}

package io.microstream.binance.source;

import io.microstream.market.FeedEvent;
import io.microstream.market.StreamEvent;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Types of the events that travel between operators, with serializers of their own: Flink has none
 * for sealed types but Kryo, which is switched off.
 */
public final class EventTypeInfo<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    /** The type of streams of trades and completeness marks. */
    public static final EventTypeInfo<StreamEvent> STREAM_EVENT =
            new EventTypeInfo<>(StreamEvent.class, new StreamEventSerializer());

    /** The type of streams of everything that a source emits. */
    public static final EventTypeInfo<FeedEvent> FEED_EVENT =
            new EventTypeInfo<>(FeedEvent.class, new FeedEventSerializer());

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    private EventTypeInfo(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    /** Returns a serializer for one task: it caches the last symbol. */
    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.duplicate();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EventTypeInfo<?> other && type == other.type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public boolean canEqual(Object o) {
        return o instanceof EventTypeInfo;
    }
}

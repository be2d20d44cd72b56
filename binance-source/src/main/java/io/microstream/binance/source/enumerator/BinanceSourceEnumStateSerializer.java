package io.microstream.binance.source.enumerator;

import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.source.split.SymbolSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: the version of the splits, their number, then each with its length. */
public final class BinanceSourceEnumStateSerializer
        implements SimpleVersionedSerializer<BinanceSourceEnumState> {

    private static final int VERSION = 1;

    private final SymbolSplitSerializer splits;

    /**
     * @param splits reads and writes the splits that no reader has yet
     */
    public BinanceSourceEnumStateSerializer(SymbolSplitSerializer splits) {
        this.splits = splits;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(BinanceSourceEnumState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(splits.getVersion());
        out.writeInt(state.unassigned().size());
        for (SymbolSplit split : state.unassigned()) {
            byte[] bytes = splits.serialize(split);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public BinanceSourceEnumState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Enumerator state of another version: version="
                            + version
                            + " expected="
                            + VERSION
                            + ". Restore with the release that wrote it");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        int splitVersion = in.readInt();
        int count = in.readInt();
        List<SymbolSplit> unassigned = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            unassigned.add(splits.deserialize(splitVersion, bytes));
        }
        return new BinanceSourceEnumState(unassigned);
    }
}

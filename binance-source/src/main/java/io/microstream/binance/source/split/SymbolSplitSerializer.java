package io.microstream.binance.source.split;

import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.trades.FeedStart;
import io.microstream.binance.wire.StreamKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes splits as checkpoints hold them. Version 1: symbol; number of files, each with the fields
 * of {@link ArchiveFile} in their order; the fields of {@link TradePosition} in their order.
 * Version 2 adds at the end whether there is a live part, and if so the kind of its start, the
 * start's value and the last id. Version 3 adds the kind of the stream behind the symbol; older
 * splits are of the kind that their files hold, or of the source's live kind if they go on live.
 * Version 4 adds the last three fields of the position. A later version still reads these.
 */
public final class SymbolSplitSerializer implements SimpleVersionedSerializer<SymbolSplit> {

    private static final int VERSION = 4;

    private final StreamKind liveKind;

    /**
     * @param liveKind kind of older splits that go on live
     */
    public SymbolSplitSerializer(StreamKind liveKind) {
        this.liveKind = liveKind;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(SymbolSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(512);
        out.writeUTF(split.symbol());
        out.writeUTF(split.kind().name());
        out.writeInt(split.files().size());
        for (ArchiveFile file : split.files()) {
            write(file, out);
        }
        write(split.tradePosition(), out);
        write(split.live(), out);
        return out.getCopyOfBuffer();
    }

    @Override
    public SymbolSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "Split of another version: version="
                            + version
                            + " known=1…"
                            + VERSION
                            + ". Restore with the release that wrote it");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String symbol = in.readUTF();
        StreamKind kind = version < 3 ? null : StreamKind.valueOf(in.readUTF());
        int count = in.readInt();
        List<ArchiveFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(readFile(in));
        }
        TradePosition position = readPosition(in, version);
        LiveRange live = version == 1 ? null : readLive(in);
        if (kind == null) {
            kind = live == null ? SymbolSplit.kindOf(files) : liveKind;
        }
        return new SymbolSplit(symbol, kind, files, live, position);
    }

    private static void write(LiveRange live, DataOutputSerializer out) throws IOException {
        out.writeBoolean(live != null);
        if (live != null) {
            out.writeUTF(live.start().kind().name());
            out.writeLong(live.start().value());
            out.writeLong(live.stopId());
        }
    }

    private static LiveRange readLive(DataInputDeserializer in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        FeedStart.Kind kind = FeedStart.Kind.valueOf(in.readUTF());
        return new LiveRange(new FeedStart(kind, in.readLong()), in.readLong());
    }

    private static void write(ArchiveFile file, DataOutputSerializer out) throws IOException {
        out.writeUTF(file.path());
        out.writeUTF(file.kind().name());
        out.writeUTF(file.symbol());
        out.writeInt(file.symbolsInFile().size());
        for (String symbol : file.symbolsInFile()) {
            out.writeUTF(symbol);
        }
        out.writeBoolean(file.aggregated());
        out.writeBoolean(file.microseconds());
        out.writeBoolean(file.header());
        out.writeLong(file.rows());
        out.writeLong(file.malformed());
        out.writeLong(file.ignored());
        out.writeLong(file.firstId());
        out.writeLong(file.lastId());
        out.writeLong(file.firstTimeUs());
        out.writeLong(file.lastTimeUs());
        out.writeBoolean(file.sorted());
        out.writeBoolean(file.startsAtPeriodStart());
        out.writeBoolean(file.endsAtPeriodEnd());
    }

    private static ArchiveFile readFile(DataInputDeserializer in) throws IOException {
        String path = in.readUTF();
        DumpKind kind = DumpKind.valueOf(in.readUTF());
        String symbol = in.readUTF();
        int count = in.readInt();
        List<String> symbolsInFile = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            symbolsInFile.add(in.readUTF());
        }
        return new ArchiveFile(
                path,
                kind,
                symbol,
                symbolsInFile,
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean());
    }

    private static void write(TradePosition position, DataOutputSerializer out) throws IOException {
        out.writeLong(position.rows());
        out.writeLong(position.lastId());
        out.writeLong(position.lastTradeId());
        out.writeLong(position.lastTimeUs());
        out.writeLong(position.repeats());
        out.writeLong(position.repeatsFirstId());
        out.writeLong(position.repeatsLastId());
        out.writeLong(position.repeatsTimeUs());
        out.writeLong(position.highestTradeId());
        out.writeLong(position.setAside());
        out.writeLong(position.skipped());
    }

    private static TradePosition readPosition(DataInputDeserializer in, int version)
            throws IOException {
        TradePosition old =
                new TradePosition(
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong());
        return version < 4
                ? old
                : new TradePosition(
                        old.rows(),
                        old.lastId(),
                        old.lastTradeId(),
                        old.lastTimeUs(),
                        old.repeats(),
                        old.repeatsFirstId(),
                        old.repeatsLastId(),
                        old.repeatsTimeUs(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong());
    }
}

package io.microstream.benchmarks;

import io.microstream.binance.wire.FrameParser;
import io.microstream.binance.wire.FrameType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading one frame of a combined stream, envelope and all: ns and bytes a frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameParserBenchmark {

    private static final int FRAMES = 4096;

    @Param({"AGG_TRADE", "TRADE", "DEPTH_UPDATE"})
    public FrameType type;

    private final FrameParser parser = new FrameParser();
    private final JacksonFrames jackson = new JacksonFrames();
    private byte[][] frames;
    private int next;

    @Setup
    public void generate() {
        frames =
                switch (type) {
                    case AGG_TRADE -> Frames.aggTrades(FRAMES);
                    case TRADE -> Frames.trades(FRAMES);
                    case DEPTH_UPDATE -> Frames.depthUpdates(FRAMES);
                    default -> throw new IllegalArgumentException("No such frames: type=" + type);
                };
    }

    @Benchmark
    public long frame() {
        byte[] frame = frames[next];
        next = (next + 1) % FRAMES;
        if (parser.parse(frame, 0, frame.length) != type) {
            throw new IllegalStateException(
                    "Frame misread: expected=" + type + " reason=" + parser.reason());
        }
        return parser.lastId();
    }

    /** The same fields of the same frames by Jackson's streaming parser. */
    @Benchmark
    public long jackson() {
        byte[] frame = frames[next];
        next = (next + 1) % FRAMES;
        return jackson.read(frame);
    }
}

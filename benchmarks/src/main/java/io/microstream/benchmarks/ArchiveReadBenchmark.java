package io.microstream.benchmarks;

import io.microstream.binance.archive.ArchiveCatalog;
import io.microstream.binance.archive.ArchiveFile;
import io.microstream.binance.archive.DumpKind;
import io.microstream.binance.archive.TradeCursor;
import io.microstream.binance.replay.dump.DumpFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reading aggregate trades from a dump, over and over: rows a second and bytes a row, opening the
 * file included. The file is synthesized into a temporary folder and lies in the page cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ArchiveReadBenchmark {

    private static final int MINUTES = 20;

    @Param({"csv", "zip"})
    public String format;

    /** Twenty minutes of them: half a million rows. */
    @Param("25000")
    public int tradesPerMinute;

    private Path folder;
    private ArchiveFile file;
    private TradeCursor cursor;

    @Setup
    public void synthesize() throws IOException {
        folder = Files.createTempDirectory("microstream-benchmark-");
        DumpFormat dump = format.equals("csv") ? DumpFormat.DAILY.plain() : DumpFormat.DAILY;
        List<Path> files = Simulation.market(MINUTES).writeTrades(folder, dump, tradesPerMinute);
        file = ArchiveCatalog.inspect(DumpKind.AGG_TRADES, files, Set.of()).get(0);
        cursor = TradeCursor.open(file);
    }

    @Benchmark
    public long row() {
        if (!cursor.next()) {
            cursor.close();
            cursor = TradeCursor.open(file);
            cursor.next();
        }
        return cursor.price();
    }

    @TearDown
    public void delete() throws IOException {
        cursor.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }
}

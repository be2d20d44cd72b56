package io.microstream.benchmarks.live;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** A stretch of time, and the processor time that both sides spent on it. */
final class Meter {

    private final RunningExchange exchange;
    private final OperatingSystemMXBean own =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long startNanos = System.nanoTime();
    private final long startOwn = own.getProcessCpuTime();
    private final long startExchange;

    Meter(RunningExchange exchange) {
        this.exchange = exchange;
        this.startExchange = exchange.cpuNanos();
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Processor time a frame, ours and the exchange's. */
    String cpu(long frames) {
        return String.format(
                Locale.ROOT,
                "cpu/frame: ours %.2f µs, exchange %.2f µs",
                (own.getProcessCpuTime() - startOwn) / 1e3 / frames,
                (exchange.cpuNanos() - startExchange) / 1e3 / frames);
    }
}

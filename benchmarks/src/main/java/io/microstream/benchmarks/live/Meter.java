package io.microstream.benchmarks.live;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Measures wall time, and the processor time of both processes, since its creation. */
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

    /** Returns the processor time per frame of this process and of the exchange, as text. */
    String cpu(long frames) {
        return String.format(
                Locale.ROOT,
                "cpu/frame: ours %.2f µs, exchange %.2f µs",
                (own.getProcessCpuTime() - startOwn) / 1e3 / frames,
                (exchange.cpuNanos() - startExchange) / 1e3 / frames);
    }
}

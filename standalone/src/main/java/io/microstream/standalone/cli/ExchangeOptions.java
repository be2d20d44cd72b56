package io.microstream.standalone.cli;

import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a replay that goes through an exchange on loopback. */
final class ExchangeOptions {

    @Option(
            names = "--through-exchange",
            description =
                    "Play the input over WebSocket and REST from an exchange on loopback instead of reading it directly")
    private boolean throughExchange;

    @Option(
            names = "--faults",
            paramLabel = "SCRIPT",
            description =
                    "Faults of the exchange: a file with a YAML or JSON list such as '- {fault: skip, count: 10, rows: 1..50}' (see binance-replay/README.md), or default for fifty faults of the usual kinds")
    private String faults;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Seed that decides where and how faults occur (default: ${DEFAULT-VALUE})")
    private long seed;

    /**
     * Returns whether the input is played through an exchange.
     *
     * @throws BadUsage if faults are given without an exchange
     */
    boolean isEnabled() {
        if (!throughExchange && faults != null) {
            throw new BadUsage("Faults need an exchange: --faults needs --through-exchange");
        }
        return throughExchange;
    }

    long seed() {
        return seed;
    }

    /** Returns the fault script; empty if none was given. */
    Optional<FaultScript> script() {
        if (faults == null) {
            return Optional.empty();
        }
        if (faults.equals("default")) {
            return Optional.of(FaultScript.DEFAULT);
        }
        Path file = Path.of(faults);
        try {
            return Optional.of(FaultScript.parse(Files.readString(file), file.toString()));
        } catch (IOException e) {
            throw new UserError(
                    "Fault script not readable: faults="
                            + file
                            + ". Give a file, or default for the usual faults",
                    e);
        }
    }
}

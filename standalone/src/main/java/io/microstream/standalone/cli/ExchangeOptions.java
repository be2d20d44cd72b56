package io.microstream.standalone.cli;

import io.microstream.binance.replay.exchange.faults.FaultScript;
import io.microstream.standalone.report.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a replay that goes through an exchange on loopback. */
final class ExchangeOptions {

    @Option(
            names = "--through-exchange",
            description =
                    "Play the input through an exchange on loopback, WebSocket and REST, rather than read it")
    private boolean throughExchange;

    @Option(
            names = "--faults",
            paramLabel = "SCRIPT",
            description =
                    "What goes wrong at the exchange: a YAML or JSON list such as '- {fault: skip, count: 10, rows: 1..50}' (see binance-replay/README.md), or default for fifty faults of the usual kinds")
    private String faults;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where and how the faults strike (default: ${DEFAULT-VALUE})")
    private long seed;

    boolean isAskedFor() {
        if (!throughExchange && faults != null) {
            throw new BadUsage("Faults happen at an exchange: --faults needs --through-exchange");
        }
        return throughExchange;
    }

    long seed() {
        return seed;
    }

    /** The script, if one was given. */
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

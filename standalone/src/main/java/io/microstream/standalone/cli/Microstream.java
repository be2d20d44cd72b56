package io.microstream.standalone.cli;

import io.microstream.standalone.report.MaskedOutput;
import io.microstream.tables.Secrets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line {@code microstream}.
 *
 * <p>Exit codes: 0 success, 1 failure (one line on standard error says what, where and what to do),
 * 2 bad usage, 130 stopped by Ctrl-C.
 */
@Command(
        name = "microstream",
        description =
                "Liquidity regimes, anomalies and microstructure signals from Binance's public market data.",
        mixinStandardHelpOptions = true,
        version = "microstream 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            LiveCommand.class,
            ReplayCommand.class,
            ServeCommand.class,
            SynthesizeCommand.class,
            TrainCommand.class,
            EvaluateAnomaliesCommand.class,
            CaseCommand.class,
            CompareCommand.class,
            FingerprintCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            JobsCommand.class,
            SavepointCommand.class,
            RestoreCommand.class,
            CancelCommand.class,
            TortureCommand.class
        })
public final class Microstream implements Runnable {

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /**
     * Runs a command and ends the process with its exit code. What it prints does not depend on the
     * locale, the time zone and the character set of the machine.
     */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setOut(MaskedOutput.of(new FileOutputStream(FileDescriptor.out)));
        System.setErr(MaskedOutput.of(new FileOutputStream(FileDescriptor.err)));
        Secrets.add(System.getenv("PGPASSWORD"));
        int exitCode = commandLine().execute(args);
        System.out.flush();
        System.exit(exitCode);
    }

    /** Returns the command line, ready to execute; tests use it too. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Microstream());
        line.setUnmatchedOptionsAllowedAsOptionParameters(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Microstream::badUsage);
        line.setExecutionExceptionHandler(Microstream::failure);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "No command given. Try ./microstream demo, or --help");
    }

    private static int badUsage(ParameterException e, String[] args) {
        List.of(args).forEach(Secrets::addFrom);
        PrintWriter err = e.getCommandLine().getErr();
        err.println("microstream: " + Secrets.masked(OptionFaults.oneLine(e)));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int failure(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        org.slf4j.LoggerFactory.getLogger(Microstream.class).error("Command failed", e);
        line.getErr().println("microstream: " + Secrets.masked(Failures.oneLine(e)));
        line.getErr().flush();
        return e instanceof BadUsage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
}

package io.microstream.standalone.cli;

import io.microstream.standalone.cluster.FlinkProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A Flink cluster of processes on this machine. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(start | stop)",
        description = "Starts or stops a Flink cluster of processes on this machine, on loopback.",
        subcommands = {ClusterCommand.Start.class, ClusterCommand.Stop.class})
final class ClusterCommand implements Runnable {

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Neither start nor stop given. Try ./microstream cluster start");
    }

    /** The folder of a cluster. */
    static final class Folder {

        @Option(
                names = "--folder",
                paramLabel = "DIR",
                defaultValue = ".microstream/cluster",
                description =
                        "Folder of the cluster: configuration, logs, checkpoints, savepoints (default: ${DEFAULT-VALUE})")
        private Path path;

        private FlinkProcesses processes() {
            return new FlinkProcesses(path);
        }

        private BadUsage refused(String what) {
            return new BadUsage(what + ": folder=" + path + ". Give another --folder");
        }
    }

    /** Starts the processes and waits until they have found each other. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description =
                    "Starts JobManager and TaskManagers, and waits until the cluster takes jobs.")
    static final class Start implements Callable<Integer> {

        @CommandLine.Mixin private Folder folder;

        @Option(
                names = "--taskmanagers",
                paramLabel = "N",
                defaultValue = "1",
                description = "Number of TaskManagers (default: ${DEFAULT-VALUE})")
        private int taskManagers;

        @Option(
                names = "--slots",
                paramLabel = "N",
                defaultValue = "2",
                description = "Slots of each TaskManager (default: ${DEFAULT-VALUE})")
        private int slots;

        @Option(
                names = "--rest-port",
                paramLabel = "PORT",
                defaultValue = "8081",
                description =
                        "Port of the REST interface and the web page (default: ${DEFAULT-VALUE})")
        private int restPort;

        @Option(
                names = "--heap",
                paramLabel = "MB",
                defaultValue = "1024",
                description = "Heap of each TaskManager in MiB (default: ${DEFAULT-VALUE})")
        private int heapMb;

        @Override
        public Integer call() throws Exception {
            OptionFaults.requireWithin("taskmanagers", taskManagers, 1, 64);
            OptionFaults.requireWithin("slots", slots, 1, 128);
            OptionFaults.requireWithin("rest-port", restPort, 1, 65_535);
            OptionFaults.requireWithin("heap", heapMb, 512, 65_536);
            try {
                Files.createDirectories(folder.path);
            } catch (IOException e) {
                throw folder.refused("Folder not writable");
            }
            FlinkProcesses processes = folder.processes();
            URI address =
                    processes.start(new FlinkProcesses.Size(restPort, taskManagers, slots, heapMb));
            System.out.println("cluster:   " + address);
            processes
                    .processes()
                    .forEach((name, pid) -> System.out.println("process:   " + name + " " + pid));
            System.out.println("folder:    " + processes.folder());
            System.out.println("stop:      ./microstream cluster stop");
            return 0;
        }
    }

    /** Stops the processes. */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stops the processes of a cluster; checkpoints and savepoints stay.")
    static final class Stop implements Callable<Integer> {

        @CommandLine.Mixin private Folder folder;

        @Override
        public Integer call() throws Exception {
            if (!Files.isDirectory(folder.path)) {
                throw folder.refused("No cluster there");
            }
            System.out.println("stopped:   " + folder.processes().stop() + " processes");
            return 0;
        }
    }
}

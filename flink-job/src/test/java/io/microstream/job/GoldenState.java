package io.microstream.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * The state of an operator as an older version of this program wrote it, and what that version
 * emitted for the second half of the same input.
 *
 * <p>A test writes its own where {@code -Dmicrostream.golden=VERSION} names one that is not there
 * yet: run it with the code of a release and keep what it wrote.
 *
 * @param folder {@code src/test/resources/state/VERSION}
 * @param operator the uid of the operator
 */
public record GoldenState(Path folder, String operator) {

    private static final Path ALL = Path.of("src", "test", "resources", "state");

    /** Returns the states of an operator in all versions, including the one to be written now. */
    public static Stream<GoldenState> of(String operator) throws IOException {
        String asked = System.getProperty("microstream.golden");
        if (asked != null) {
            Files.createDirectories(ALL.resolve(asked));
        }
        try (Stream<Path> versions = Files.list(ALL)) {
            return versions.sorted().toList().stream().map(path -> new GoldenState(path, operator));
        }
    }

    /** Returns whether the state has not been written yet. */
    public boolean isToBeWritten() {
        return !Files.exists(state());
    }

    /** Keeps the state in the middle of the input and the results of the rest. */
    public void write(OperatorSubtaskState middle, List<String> rest) throws IOException {
        OperatorSnapshotUtil.writeStateHandle(middle, state().toString());
        Files.write(rest(), rest);
    }

    /** Returns the state in the middle of the input. */
    public OperatorSubtaskState middle() throws Exception {
        return OperatorSnapshotUtil.readStateHandle(state().toString());
    }

    /** Returns the results of the rest of the input. */
    public List<String> expected() throws IOException {
        return Files.readAllLines(rest());
    }

    private Path state() {
        return folder.resolve(operator + ".state");
    }

    private Path rest() {
        return folder.resolve(operator + ".rest");
    }

    @Override
    public String toString() {
        return folder.getFileName() + " " + operator;
    }
}

package io.microstream.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir private Path folder;

    @Test
    void noneIsFoundWithoutFolderOrCheckpoint() throws Exception {
        assertThat(Checkpoints.newest(folder.resolve("nowhere"))).isEmpty();
        Files.createDirectories(folder.resolve("job/chk-1"));
        assertThat(Checkpoints.newest(folder)).isEmpty();
    }

    @Test
    void newestCheckpointOfAnyJobIsFound() throws Exception {
        finished("one/chk-9", 0);
        Path newest = finished("two/chk-3", 2);
        finished("two/chk-2", 1);
        assertThat(Checkpoints.newest(folder)).contains(newest);
    }

    @Test
    void unfinishedCheckpointsAreIgnored() throws Exception {
        Path finished = finished("job/chk-7", 0);
        Path torn = Files.createDirectories(folder.resolve("job/chk-8"));
        Files.writeString(torn.resolve("state"), "half of it");
        Files.setLastModifiedTime(torn, FileTime.from(NOON.plusSeconds(60)));
        assertThat(Checkpoints.newest(folder)).contains(finished);
    }

    private Path finished(String name, int minutesAfterNoon) throws Exception {
        Path checkpoint = Files.createDirectories(folder.resolve(name));
        Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "done");
        Files.setLastModifiedTime(
                metadata, FileTime.from(NOON.plusSeconds(60L * minutesAfterNoon)));
        return checkpoint;
    }
}

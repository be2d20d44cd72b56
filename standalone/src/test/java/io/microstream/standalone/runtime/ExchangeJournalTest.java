package io.microstream.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microstream.standalone.report.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeJournalTest {

    @TempDir private Path folder;

    @Test
    void exchangeContinuesWhereThePreviousOneStopped() {
        Path checkpoints = folder.resolve("checkpoints");
        try (ExchangeJournal first = ExchangeJournal.open(checkpoints, true)) {
            assertThat(first.row()).isZero();
            first.played(1);
            first.played(123_456_789_012L);
        }
        try (ExchangeJournal second = ExchangeJournal.open(checkpoints, true)) {
            assertThat(second.row()).isEqualTo(123_456_789_012L);
        }
    }

    @Test
    void positionIsKeptWithoutClose() {
        ExchangeJournal killed = ExchangeJournal.open(folder, false);
        killed.played(77);
        try (ExchangeJournal next = ExchangeJournal.open(folder, true)) {
            assertThat(next.row()).isEqualTo(77);
        }
        assertThat(killed.row()).isEqualTo(77);
    }

    @Test
    void freshStartResetsThePosition() {
        try (ExchangeJournal first = ExchangeJournal.open(folder, false)) {
            first.played(5);
        }
        try (ExchangeJournal anew = ExchangeJournal.open(folder, false)) {
            assertThat(anew.row()).isZero();
        }
    }

    @Test
    void unusableFolderIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> ExchangeJournal.open(file, true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString());
    }
}

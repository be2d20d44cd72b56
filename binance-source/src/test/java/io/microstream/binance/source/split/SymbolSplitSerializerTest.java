package io.microstream.binance.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolSplitSerializerTest {

    private final SymbolSplitSerializer serializer = new SymbolSplitSerializer();

    @Test
    void everyFieldSurvives() throws IOException {
        for (SymbolSplit split :
                List.of(
                        Splits.full(),
                        Splits.split("BTCUSDT", 5),
                        new SymbolSplit("EMPTY", List.of(), FeedPosition.START))) {
            byte[] bytes = serializer.serialize(split);
            assertThat(serializer.deserialize(1, bytes)).isEqualTo(split);
        }
    }

    @Test
    void equalSplitsGiveEqualBytes() throws IOException {
        assertThat(serializer.serialize(Splits.full()))
                .isEqualTo(serializer.serialize(Splits.full()));
    }

    @Test
    void anotherVersionIsRefusedInOneLine() throws IOException {
        byte[] bytes = serializer.serialize(Splits.full());
        for (int version : new int[] {0, 2, -1}) {
            assertThatThrownBy(() -> serializer.deserialize(version, bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("version=" + version)
                    .hasMessageContaining("expected=1")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    void bytesThatWereCutAreRefused() throws IOException {
        byte[] bytes = serializer.serialize(Splits.full());
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(1, part))
                    .as("length=%d", length)
                    .isInstanceOf(IOException.class);
        }
    }
}

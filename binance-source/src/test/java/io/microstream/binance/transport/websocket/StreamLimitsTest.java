package io.microstream.binance.transport.websocket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamLimitsTest {

    @Test
    void refusesWhatOneMessageCouldNotPass() {
        assertThatThrownBy(() -> StreamLimits.DEFAULT.withMemory(1 << 20, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "inboxBytes is too small for one message: inboxBytes=1048576"
                                + " messageBytes=1048576. Give at least 2359296.");
        assertThatThrownBy(() -> StreamLimits.DEFAULT.withMemory(1 << 20, 100))
                .hasMessage("messageBytes is too small: messageBytes=100. Give at least 1024.");
    }

    @Test
    void refusesTimesThatAreNotAboveZero() {
        assertThatThrownBy(() -> StreamLimits.DEFAULT.withConnectTimeout(Duration.ZERO))
                .hasMessage("connectTimeout must be above zero: connectTimeout=PT0S.");
    }
}

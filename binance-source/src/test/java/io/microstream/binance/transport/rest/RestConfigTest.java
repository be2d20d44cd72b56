package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestConfigTest {

    @Test
    void asksTheHostForMarketDataUnlessConfiguredOtherwise() {
        assertThat(RestConfig.feed().baseUrls())
                .containsExactly(URI.create("https://data-api.binance.vision"));
        assertThat(RestConfig.feed().attempts()).isEqualTo(Integer.MAX_VALUE);
        assertThat(RestConfig.command().attempts()).isEqualTo(4);
    }

    @Test
    void takesThePathOfTheInterfaceOffTheBaseUrl() {
        List<URI> urls =
                RestConfig.feed(
                                URI.create("https://testnet.binance.vision/api"),
                                URI.create("http://127.0.0.1:8080/api/v3/"),
                                URI.create("http://[::1]:8080/"))
                        .baseUrls();
        assertThat(urls)
                .containsExactly(
                        URI.create("https://testnet.binance.vision"),
                        URI.create("http://127.0.0.1:8080"),
                        URI.create("http://[::1]:8080"));
    }

    @Test
    void refusesWhatIsNotABaseUrl() {
        for (String bad :
                List.of(
                        "wss://stream.binance.com",
                        "api.binance.com",
                        "https:/x",
                        "https://x/v9")) {
            assertThatThrownBy(() -> RestConfig.feed(URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Not a REST base URL: baseUrl=%s. Give scheme and host, e.g. https://data-api.binance.vision",
                            bad);
        }
    }

    @Test
    void refusesAShareOrANumberThatCannotBe() {
        assertThatThrownBy(() -> RestConfig.feed().withWeightShare(1.1))
                .hasMessageContaining("weightShare=1.1");
        assertThatThrownBy(() -> RestConfig.feed().withWeightShare(Double.NaN))
                .hasMessageContaining("weightShare=NaN");
        assertThatThrownBy(() -> RestConfig.feed().withAttempts(0))
                .hasMessageContaining("attempts=0");
    }
}

package io.microstream.binance.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ConnectFailureTest {

    private static final URI BINANCE =
            URI.create("wss://data-stream.binance.vision:9443/stream?streams=btcusdt@aggTrade");

    @Test
    void expiredCertificatePointsAtTheClock() {
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path validation failed");
        failure.initCause(
                new CertificateExpiredException("NotAfter: Mon Jan 01 00:00:00 UTC 2024"));
        assertThat(reasonOf(failure))
                .isEqualTo(
                        "TLS certificate out of its dates: host=data-stream.binance.vision port=9443"
                                + " detail=NotAfter: Mon Jan 01 00:00:00 UTC 2024. Check this"
                                + " machine's clock and the server's certificate.");
    }

    @Test
    void otherTroubleOfTlsPointsAtHostProxyAndTrustStore() {
        assertThat(reasonOf(new SSLException("Unrecognized SSL message, plaintext connection?")))
                .isEqualTo(
                        "TLS handshake failed: host=data-stream.binance.vision port=9443"
                                + " detail=Unrecognized SSL message, plaintext connection?. Check"
                                + " host, proxy and trust store.");
    }

    @Test
    void anythingElseIsOneLineWithItsDetail() {
        assertThat(reasonOf(new IOException("one\r\n  two")))
                .isEqualTo(
                        "Connection failed: host=data-stream.binance.vision port=9443 detail=one"
                                + " two.");
        assertThat(reasonOf(new IOException())).endsWith(" detail=IOException.");
        assertThat(reasonOf(new IOException("x".repeat(5_000)))).hasSizeLessThan(400);
    }

    private static String reasonOf(Throwable failure) {
        ConnectionEnd end =
                ConnectFailure.of(
                        new CompletionException(failure), BINANCE, Duration.ofSeconds(10));
        assertThat(end.code()).isEqualTo(StreamListener.NO_CODE);
        return end.reason();
    }
}

package io.microstream.binance.transport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.microstream.binance.transport.rest.RestException.Kind;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of every wrong kind: real handshakes where the JDK has its keytool. */
@Timeout(60)
class TlsFailureTest {

    private static final String SECRET = "changeit";
    private static final String BINANCE = "https://data-api.binance.vision/x";

    @TempDir static Path folder;
    private static KeyStore keys;

    /** An authority of our own, and three keys whose certificates it has signed. */
    @BeforeAll
    static void makeCertificates() throws Exception {
        pair("-alias ca -dname CN=ca -ext bc:c -validity 36500");
        pair(
                "-alias expired -signer ca -dname CN=a -ext san=ip:127.0.0.1"
                        + " -startdate 2019/12/02 -validity 30");
        pair("-alias elsewhere -signer ca -dname CN=b -ext san=dns:elsewhere.test -validity 36500");
        pair("-alias good -signer ca -dname CN=c -ext san=ip:127.0.0.1 -validity 36500");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, SECRET.toCharArray());
        }
    }

    private static void pair(String arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Assumptions.assumeTrue(Files.isExecutable(tool), "skipped: no keytool at " + tool);
        String line = "-genkeypair -keystore keys.p12 -keyalg EC -storepass " + SECRET;
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of((line + " " + arguments).split(" ")));
        Path log = folder.resolve("keytool.log");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    private static SSLContext serverTls(String alias) throws Exception {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        char[] secret = SECRET.toCharArray();
        one.setKeyEntry(alias, keys.getKey(alias, secret), secret, keys.getCertificateChain(alias));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(one, secret);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        return tls;
    }

    private static SSLContext clientTls() throws Exception {
        KeyStore authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        authority.setCertificateEntry("ca", keys.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authority);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static RestException handshake(String alias, SSLContext client) throws Exception {
        try (Loopback server =
                        new Loopback(
                                serverTls(alias).getServerSocketFactory(),
                                "https",
                                (head, out) -> out.write(Loopback.response(200, "", "{}")));
                JdkRestTransport transport =
                        new JdkRestTransport(Duration.ofSeconds(10), 1_000, true, client)) {
            URI uri = server.url("/x");
            Throwable failure = catchThrowable(() -> transport.get(uri).join());
            return failure == null ? null : NoConnection.of(uri, failure);
        }
    }

    @Test
    void aCertificateOfAnotherDayNamesTheDayAndTheClock() throws Exception {
        RestException expired = handshake("expired", clientTls());
        assertThat(expired.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(expired)
                .hasMessage(
                        "TLS certificate of 127.0.0.1 is not valid today (expired 2020-01-01): check the"
                                + " machine's clock");
    }

    @Test
    void aCertificateOfAnotherHostOrOfNobodyIsSaid() throws Exception {
        assertThat(handshake("elsewhere", clientTls()))
                .hasMessage(
                        "TLS certificate is not for 127.0.0.1 but for another host: check the base URL");
        assertThat(handshake("good", null))
                .hasMessageStartingWith("TLS certificate of 127.0.0.1 is not trusted by this Java");
    }

    @Test
    void aGoodCertificateWorks() throws Exception {
        assertThat(handshake("good", clientTls())).isNull();
    }

    @Test
    void theLineComesFromAnyDepthOfTheChain() {
        assertThat(line(new CertificateExpiredException("NotAfter: Wed Jan 01 00:00:00 UTC 2020")))
                .isEqualTo(
                        "TLS certificate of data-api.binance.vision is not valid today (expired Wed Jan 01"
                                + " 00:00:00 UTC 2020): check the machine's clock");
        assertThat(line(new CertificateNotYetValidException("NotBefore: Thu Jan 01 2099")))
                .contains("(valid from Thu Jan 01 2099)");
        SSLException plain = new SSLException("Unsupported or unrecognized SSL message");
        assertThat(NoConnection.of(URI.create(BINANCE), plain))
                .hasMessage(
                        "No TLS connection: host=data-api.binance.vision port=443 cause=Unsupported or"
                                + " unrecognized SSL message. Check the base URL (https or http)");
    }

    private static String line(Exception cause) {
        Exception path = new CertPathValidatorException("validity check failed", cause);
        Exception handshake = new SSLHandshakeException("PKIX path validation failed");
        handshake.initCause(path);
        return NoConnection.of(URI.create(BINANCE), handshake).getMessage();
    }
}

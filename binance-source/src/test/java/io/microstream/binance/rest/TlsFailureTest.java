package io.microstream.binance.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.microstream.binance.rest.RestException.Kind;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of every wrong kind: real handshakes where the JDK has its keytool. */
@Timeout(60)
class TlsFailureTest {

    private static final String SECRET = "changeit";
    private static final String BINANCE = "https://data-api.binance.vision/x";

    @TempDir Path folder;

    private void keytool(String arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Assumptions.assumeTrue(Files.isExecutable(tool), "skipped: no keytool at " + tool);
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storepass", SECRET, "-noprompt"));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }

    /**
     * A server's key with a certificate of the given validity and name, signed by our authority.
     */
    private void certificate(String validity, String name) throws Exception {
        keytool(
                "-genkeypair -keystore ca.p12 -alias ca -keyalg EC -dname CN=ca -ext bc:c -validity 36500");
        keytool("-exportcert -keystore ca.p12 -alias ca -file ca.crt");
        keytool("-genkeypair -keystore server.p12 -alias s -keyalg EC -dname CN=s");
        keytool("-certreq -keystore server.p12 -alias s -file s.csr");
        keytool(
                "-gencert -keystore ca.p12 -alias ca -infile s.csr -outfile s.crt -ext san="
                        + name
                        + " "
                        + validity);
        keytool("-importcert -keystore server.p12 -alias ca -file ca.crt");
        keytool("-importcert -keystore server.p12 -alias s -file s.crt");
    }

    private KeyStore store(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            store.load(in, SECRET.toCharArray());
        }
        return store;
    }

    private SSLContext serverTls() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store("server.p12"), SECRET.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls;
    }

    private SSLContext clientTls() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store("ca.p12"));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private RestException handshake(SSLContext client) throws Exception {
        try (Loopback server =
                        new Loopback(
                                serverTls().getServerSocketFactory(),
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
        certificate("-startdate 2019/12/02 -validity 30", "ip:127.0.0.1");
        RestException expired = handshake(clientTls());
        assertThat(expired.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(expired)
                .hasMessage(
                        "TLS certificate of 127.0.0.1 is not valid today (expired 2020-01-01): check the"
                                + " machine's clock");
    }

    @Test
    void aCertificateOfAnotherHostOrOfNobodyIsSaid() throws Exception {
        certificate("-validity 36500", "dns:elsewhere.test");
        assertThat(handshake(clientTls()))
                .hasMessage(
                        "TLS certificate is not for 127.0.0.1 but for another host: check the base URL");
        assertThat(handshake(null))
                .hasMessageStartingWith("TLS certificate of 127.0.0.1 is not trusted by this Java");
    }

    @Test
    void aGoodCertificateWorks() throws Exception {
        certificate("-validity 36500", "ip:127.0.0.1");
        assertThat(handshake(clientTls())).isNull();
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

package io.microstream.binance.transport.rest;

import io.microstream.binance.transport.rest.RestException.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why there was no answer, in one line, from the exceptions of the JDK's HTTP client. */
final class NoConnection {

    private static final int DEEPEST = 20;

    private NoConnection() {}

    static RestException of(URI uri, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        UnusableBodyException body = find(cause, UnusableBodyException.class);
        if (body != null) {
            return RestFailures.unreadable(uri, RestException.NONE, body.getMessage(), cause);
        }
        boolean connected = find(cause, HttpConnectTimeoutException.class) == null;
        boolean late =
                find(cause, HttpTimeoutException.class) != null
                        || find(cause, TimeoutException.class) != null;
        if (late && connected) {
            return new RestException(Kind.TIMED_OUT, 0, 0, "No answer in time: url=" + uri, cause);
        }
        return new RestException(Kind.UNREACHABLE, 0, 0, line(uri, cause), cause);
    }

    private static String line(URI uri, Throwable failure) {
        String where = String.format(Locale.ROOT, "host=%s port=%d", uri.getHost(), port(uri));
        if (has(failure, UnknownHostException.class)
                || has(failure, UnresolvedAddressException.class)) {
            return String.format(
                    Locale.ROOT,
                    "Host not found: host=%s. Check the base URL, the internet connection and the"
                            + " name service",
                    uri.getHost());
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return String.format(
                    Locale.ROOT, "No connection in time: %s. Check firewall and proxy", where);
        }
        if (has(failure, ConnectException.class)) {
            return String.format(
                    Locale.ROOT,
                    "Connection refused: %s. Check the base URL, and that the server runs",
                    where);
        }
        if (has(failure, SSLException.class) || has(failure, CertificateException.class)) {
            return tls(uri, failure);
        }
        return String.format(Locale.ROOT, "Connection broke: %s cause=%s", where, last(failure));
    }

    private static String tls(URI uri, Throwable failure) {
        String host = uri.getHost();
        CertificateExpiredException expired = find(failure, CertificateExpiredException.class);
        if (expired != null) {
            return invalidToday(host, "expired", date(failure, expired, false));
        }
        CertificateNotYetValidException early =
                find(failure, CertificateNotYetValidException.class);
        if (early != null) {
            return invalidToday(host, "valid from", date(failure, early, true));
        }
        String last = last(failure);
        if (last.contains("unable to find valid certification path")) {
            return String.format(
                    Locale.ROOT,
                    "TLS certificate of %s is not trusted by this Java: is there a proxy that"
                            + " reads the traffic? Add its certificate to the trust store",
                    host);
        }
        if (last.contains("No subject alternative") || last.contains("No name matching")) {
            return String.format(
                    Locale.ROOT,
                    "TLS certificate is not for %s but for another host: check the base URL",
                    host);
        }
        return String.format(
                Locale.ROOT,
                "No TLS connection: host=%s port=%d cause=%s. Check the base URL (https or http)",
                host,
                port(uri),
                last);
    }

    private static String invalidToday(String host, String how, String date) {
        return String.format(
                Locale.ROOT,
                "TLS certificate of %s is not valid today (%s %s): check the machine's clock",
                host,
                how,
                date);
    }

    /** Returns the day from the certificate, else what the exception says of it. */
    private static String date(Throwable failure, Throwable cause, boolean from) {
        CertPathValidatorException path = find(failure, CertPathValidatorException.class);
        boolean known = path != null && path.getCertPath() != null && path.getIndex() >= 0;
        if (known
                && path.getCertPath().getCertificates().get(path.getIndex())
                        instanceof X509Certificate certificate) {
            Date date = from ? certificate.getNotBefore() : certificate.getNotAfter();
            return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
        }
        return String.valueOf(cause.getMessage()).replaceFirst("^Not(After|Before): ", "");
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
    }

    private static String last(Throwable failure) {
        Throwable last = failure;
        for (int i = 0; i < DEEPEST && last.getCause() != null; i++) {
            last = last.getCause();
        }
        String message = last.getMessage();
        return message == null ? last.getClass().getSimpleName() : message;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return find(failure, type) != null;
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int i = 0; i < DEEPEST && at != null; i++, at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}

package io.microstream.binance.transport.websocket;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Says in one line why a connection did not open, or why it broke. */
final class ConnectFailure {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int MOST_DETAIL = 200;

    private ConnectFailure() {}

    /** The end of an attempt that failed with {@code failure}. */
    static ConnectionEnd of(Throwable failure, URI uri, Duration timeout) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof WebSocketHandshakeException handshake
                && handshake.getResponse().statusCode() != SWITCHING_PROTOCOLS) {
            return new ConnectionEnd(StreamListener.REFUSED, refused(handshake.getResponse(), uri));
        }
        return new ConnectionEnd(StreamListener.NO_CODE, reason(cause, uri, timeout));
    }

    private static String refused(HttpResponse<?> response, URI uri) {
        int status = response.statusCode();
        String retry =
                response.headers()
                        .firstValue("Retry-After")
                        .map(value -> " retryAfter=" + line(value))
                        .orElse("");
        return "HTTP " + status + ": " + where(uri) + retry + ". " + remedy(status);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 403 ->
                    "A firewall of the exchange refuses this client; slow down, then try again.";
            case 418, 429 -> "Too many connections from this address; wait before the next.";
            case 451 -> "The exchange does not serve this region; choose another host or network.";
            case 404 -> "Check the path of the stream URL.";
            default ->
                    status >= 500
                            ? "The exchange has trouble; try again later."
                            : "Check the stream URL.";
        };
    }

    private static String reason(Throwable cause, URI uri, Duration timeout) {
        if (has(cause, UnresolvedAddressException.class)
                || has(cause, UnknownHostException.class)) {
            return "Unknown host: " + where(uri) + ". Check the name and this machine's DNS.";
        }
        if (cause instanceof HttpTimeoutException) {
            return "No handshake in time: "
                    + where(uri)
                    + " timeout="
                    + timeout
                    + ". Check network and firewall.";
        }
        if (has(cause, CertificateExpiredException.class)
                || has(cause, CertificateNotYetValidException.class)) {
            return "TLS certificate out of its dates: "
                    + where(uri)
                    + " detail="
                    + detail(root(cause))
                    + ". Check this machine's clock and the server's certificate.";
        }
        if (cause instanceof SSLException) {
            return "TLS handshake failed: "
                    + where(uri)
                    + " detail="
                    + detail(root(cause))
                    + ". Check host, proxy and trust store.";
        }
        if (cause instanceof ConnectException) {
            return "Connection refused: "
                    + where(uri)
                    + " detail="
                    + detail(cause)
                    + ". Check host and port.";
        }
        return "Connection failed: " + where(uri) + " detail=" + detail(cause) + ".";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Host and port; the streams of a long URL would hide them. */
    private static String where(URI uri) {
        return uri.getHost() == null
                ? "uri=" + line(uri.toString())
                : "host=" + uri.getHost() + (uri.getPort() < 0 ? "" : " port=" + uri.getPort());
    }

    /** Message of a failure or of its cause, in one line; its class where there is none. */
    static String detail(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                return line(t.getMessage());
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= MOST_DETAIL ? line : line.substring(0, MOST_DETAIL) + "…";
    }
}

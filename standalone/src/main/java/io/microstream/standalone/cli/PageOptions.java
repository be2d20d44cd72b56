package io.microstream.standalone.cli;

import io.microstream.standalone.report.UserError;
import io.microstream.standalone.runtime.PageSettings;
import io.microstream.tables.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say where the page and its API listen and who may access them. */
final class PageOptions {

    private static final int TOKEN_LENGTH = 16;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            description = "Port of the page and its API (default: the first free port from 8090)")
    private Integer port;

    @Option(
            names = "--page-host",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on (default: 127.0.0.1); any address but loopback needs --page-token-file")
    private String host;

    @Option(
            names = "--page-token-file",
            paramLabel = "FILE",
            description =
                    "File with a secret token that every API request must carry; open the page at"
                            + " …/#token=SECRET")
    private Path tokenFile;

    /** Refuses invalid values before anything is started. */
    void check() {
        port();
        requireAddress();
        if (!isLoopback() && tokenFile == null) {
            throw new BadUsage(
                    "Anyone who reaches this address could read everything: page-host="
                            + host()
                            + ". Add --page-token-file FILE or drop --page-host");
        }
        token();
    }

    /** Returns the settings of the page, with the token read from its file. */
    PageSettings settings() {
        return new PageSettings(host(), port(), token(), tokenFile);
    }

    /**
     * Refuses every option of the page where there is no page.
     *
     * @param because why there is none, for the message
     */
    void refuse(String because) {
        if (port != null || host != null || tokenFile != null) {
            throw new BadUsage(
                    "--page-port, --page-host and --page-token-file need the page: " + because);
        }
    }

    private int port() {
        if (port == null) {
            return PageSettings.FIRST_FREE;
        }
        if (port < 0 || port > 65_535) {
            throw new BadUsage("Invalid port: page-port=" + port + ". Give 0 to 65535");
        }
        return port;
    }

    private String host() {
        return host == null ? "127.0.0.1" : host;
    }

    /**
     * Returns whether the host is loopback by its text alone, as the server decides: a name may
     * resolve to another address later.
     */
    private boolean isLoopback() {
        String host = host().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) || host.matches("127(\\.\\d{1,3}){3}");
    }

    private void requireAddress() {
        try {
            InetAddress.getByName(host());
        } catch (UnknownHostException e) {
            throw new BadUsage(
                    "Unknown address: page-host=" + host() + ". Give an address of this machine");
        }
    }

    private String token() {
        if (tokenFile == null) {
            return null;
        }
        try {
            String token = Files.readString(tokenFile).strip();
            if (!token.matches("[!-~]{" + TOKEN_LENGTH + ",1024}")) {
                throw new UserError(
                        "Invalid token: page-token-file="
                                + tokenFile
                                + ". The file must hold 16 to 1024 visible ASCII characters without spaces,"
                                + " e.g. the output of: openssl rand -hex 24");
            }
            Secrets.add(token);
            return token;
        } catch (IOException e) {
            throw new UserError(
                    "Token file not readable: page-token-file="
                            + tokenFile
                            + ". Give a file that holds the token, e.g. the output of: openssl rand -hex 24",
                    e);
        }
    }
}

package io.microstream.standalone.cli;

import io.microstream.standalone.report.UserError;
import io.microstream.standalone.runtime.PageSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the page and its API are, and who may see them. */
final class PageOptions {

    private static final int TOKEN_LENGTH = 16;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            description = "Port of the page and its API (default: the first free one from 8090 on)")
    private Integer port;

    @Option(
            names = "--page-host",
            paramLabel = "ADDRESS",
            description =
                    "Address they listen at (default: 127.0.0.1); any but loopback needs --page-token-file")
    private String host;

    @Option(
            names = "--page-token-file",
            paramLabel = "FILE",
            description =
                    "A secret that every request must show, in a file of its own; the page takes it from its"
                            + " address: …#token=SECRET")
    private Path tokenFile;

    /** Refuses what cannot be, before anything is started. */
    void check() {
        port();
        requireAddress();
        if (!isLoopback() && tokenFile == null) {
            throw new BadUsage(
                    "Whoever reaches that address would see everything: page-host="
                            + host()
                            + ". Give --page-token-file FILE too, or leave --page-host out");
        }
        token();
    }

    /** Returns what was asked for, with the token read from its file. */
    PageSettings settings() {
        return new PageSettings(host(), port(), token(), tokenFile);
    }

    /** Refuses them all where there is no page. */
    void refuse(String because) {
        if (port != null || host != null || tokenFile != null) {
            throw new BadUsage(
                    "There is no page, so --page-port, --page-host and --page-token-file say nothing: "
                            + because);
        }
    }

    private int port() {
        if (port == null) {
            return PageSettings.FIRST_FREE;
        }
        if (port < 0 || port > 65_535) {
            throw new BadUsage("Not a port: page-port=" + port + ". Give 0 to 65535");
        }
        return port;
    }

    private String host() {
        return host == null ? "127.0.0.1" : host;
    }

    /** By the text alone, as the server has it: a name may come to mean another address. */
    private boolean isLoopback() {
        String host = host().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) || host.matches("127(\\.\\d{1,3}){3}");
    }

    private void requireAddress() {
        try {
            InetAddress.getByName(host());
        } catch (UnknownHostException e) {
            throw new BadUsage(
                    "No such address: page-host=" + host() + ". Give one of this machine");
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
                        "Not a token: page-token-file="
                                + tokenFile
                                + ". It must hold 16 to 1024 visible ASCII characters without spaces,"
                                + " e.g. of: openssl rand -hex 24");
            }
            return token;
        } catch (IOException e) {
            throw new UserError(
                    "Token not readable: page-token-file="
                            + tokenFile
                            + ". Give a file that holds it, e.g. of: openssl rand -hex 24",
                    e);
        }
    }
}

package io.microstream.binance.transport.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ServerSocketFactory;

/** A server on loopback that reads a request's head and answers bytes as a script writes them. */
final class Loopback implements AutoCloseable {

    /** Writes an answer; the connection is closed afterwards. */
    interface Script {
        void answer(String head, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final Script script;
    private final String scheme;
    private final Thread thread;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    Loopback(Script script) {
        this(ServerSocketFactory.getDefault(), "http", script);
    }

    Loopback(ServerSocketFactory sockets, String scheme, Script script) {
        this.scheme = scheme;
        this.script = script;
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = new Thread(this::serve, "loopback-rest");
        thread.setDaemon(true);
        thread.start();
    }

    static byte[] response(int status, String headers, String body) {
        return ("HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"
                        .formatted(status, body.length(), headers, body))
                .getBytes(ISO_8859_1);
    }

    URI url(String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                answer(socket);
            } catch (IOException e) {
                heads.add("ended: " + e.getMessage());
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        try (socket) {
            String head = head(socket.getInputStream());
            heads.add(head);
            script.answer(head, socket.getOutputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
        thread.interrupt();
    }
}

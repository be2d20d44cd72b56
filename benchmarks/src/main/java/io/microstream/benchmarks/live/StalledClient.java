package io.microstream.benchmarks.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that subscribes and never reads again, so the server has to drop it. */
final class StalledClient implements AutoCloseable {

    private static final int FIN_TEXT = 0x81;
    private static final int MASKED_TWO_BYTE_LENGTH = 0x80 | 126;

    private final Socket socket;

    StalledClient(URI server, String subscribe) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(
                ("GET /api/v1/stream HTTP/1.1\r\nHost: "
                                + server.getAuthority()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        byte[] text = subscribe.getBytes(StandardCharsets.US_ASCII);
        out.write(
                new byte[] {
                    (byte) FIN_TEXT,
                    (byte) MASKED_TWO_BYTE_LENGTH,
                    (byte) (text.length >> 8),
                    (byte) text.length,
                    0,
                    0,
                    0,
                    0
                });
        out.write(text);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

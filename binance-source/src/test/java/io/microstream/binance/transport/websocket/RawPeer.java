package io.microstream.binance.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** The server's end of one WebSocket connection, frame by frame. */
final class RawPeer implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** A frame of the client, unmasked. */
    record Received(int opcode, byte[] payload) {

        String text() {
            return new String(payload, UTF_8);
        }

        /** Code of a close frame. */
        int closeCode() {
            return opcode == CLOSE && payload.length >= 2 ? ByteBuffer.wrap(payload).getShort() : 0;
        }
    }

    private final Socket socket;

    RawPeer(Socket socket) {
        this.socket = socket;
    }

    void text(String text) {
        frame(true, TEXT, text.getBytes(UTF_8));
    }

    void frame(boolean last, int opcode, byte[] payload) {
        raw(bytes(last, opcode, payload));
    }

    /** Closes with a frame; the socket stays open. */
    void closeFrame(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload =
                ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
        frame(true, CLOSE, payload);
    }

    void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(126);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    boolean hasBytes() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Received receive() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int opcode = in.readUnsignedByte() & 0xf;
            int length = in.readUnsignedByte() & 0x7f;
            length = length == 126 ? in.readUnsignedShort() : length;
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return new Received(opcode, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the client has gone; true if it did so without a frame. */
    boolean awaitGone() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return "Connection reset".equals(e.getMessage());
        }
    }

    /** Waits until the client has gone, whatever it still says. */
    void readToEnd() {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            if (!"Connection reset".equals(e.getMessage())) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Ends with a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the socket in order. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

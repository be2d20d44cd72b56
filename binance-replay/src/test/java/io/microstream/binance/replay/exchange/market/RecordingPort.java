package io.microstream.binance.replay.exchange.market;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.microstream.binance.replay.exchange.session.ClientPort;
import java.util.ArrayList;
import java.util.List;

/** A client's end that records what happens, and reads as slowly as a test says. */
final class RecordingPort implements ClientPort {

    final List<String> texts = new ArrayList<>();
    final List<String> pings = new ArrayList<>();
    final List<String> pongs = new ArrayList<>();
    final List<Integer> pieces = new ArrayList<>();

    /** How the connection ended; null while it is open. */
    String end;

    boolean writable = true;
    boolean reading = true;

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public void text(byte[] utf8, int from, int length) {
        texts.add(new String(utf8, from, length, UTF_8));
    }

    @Override
    public void fragmented(byte[] utf8, int from, int length, int count) {
        pieces.add(count);
        text(utf8, from, length);
    }

    @Override
    public void ping(byte[] payload) {
        pings.add(new String(payload, US_ASCII));
    }

    @Override
    public void pong(byte[] payload) {
        pongs.add(new String(payload, US_ASCII));
    }

    @Override
    public void close(int code, String reason) {
        end = code + " " + reason;
    }

    @Override
    public void abrupt() {
        end = "abrupt";
    }

    @Override
    public void reset() {
        end = "reset";
    }

    @Override
    public void stopReading() {
        reading = false;
    }
}

package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares the fast path with the general parser: every frame must give the same from both. */
class TradeFastPathTest {

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "00",
                    "01",
                    "-1",
                    "12345678",
                    "123456789012345678",
                    "1234567890123456789",
                    "9223372036854775807",
                    "9223372036854775808",
                    "18446744073709551617",
                    "99999999999999999999999",
                    "1767225600411",
                    "1767225600411987",
                    "17672256004",
                    "1.5",
                    "1e5",
                    "\"1767225600411\"",
                    "null",
                    "true",
                    "{}");
    private static final List<String> DECIMALS =
            List.of(
                    "\"0.00000000\"",
                    "\"0.00000001\"",
                    "\"007.50000000\"",
                    "\"1234567890.00000000\"",
                    "\"9999999999.99999999\"",
                    "\"12345678901.00000000\"",
                    "\"92233720368.54775807\"",
                    "\"92233720368.54775808\"",
                    "\"1234567890123456789.00000000\"",
                    "\"1.123456789\"",
                    "\"1.1234567890\"",
                    "\"1.123456780\"",
                    "\"1.1\"",
                    "\"1.\"",
                    "\".50000000\"",
                    "\"1\"",
                    "\"\"",
                    "\"-1.00000000\"",
                    "\"1e8\"",
                    "\"1,00000000\"",
                    "\"\\u0031.00000000\"",
                    "1.00000000",
                    "[[\"1.00000000\",\"2.00000000\"]]",
                    "null");
    private static final List<String> TEXTS =
            List.of(
                    "\"\"",
                    "\"" + "A".repeat(64) + "\"",
                    "\"" + "A".repeat(65) + "\"",
                    "\"币安人生USDT\"",
                    "\"BTC@USDT\"",
                    "\"ethusdt\"",
                    "\"BTC\\u0055SDT\"",
                    "\"BTC\\\"X\"",
                    "\"BTC\tUSDT\"",
                    "\"\\x\"",
                    "\"aggTrade\"",
                    "\"trade\"",
                    "\"btcusdt@aggTrade\"",
                    "\"@aggTrade\"",
                    "\"btc@usdt@aggTrade\"",
                    "\"btcusdt@trade\"",
                    "\"btcusdt@trad\"",
                    "\"币安@trade\"",
                    "\"" + "a".repeat(80) + "@aggTrade\"",
                    "\"btc\\\\@aggTrade\"",
                    "7",
                    "null");

    private final SplittableRandom random = new SplittableRandom(9);
    private final TradeFastPath fast = new TradeFastPath(new SymbolTable());
    private final FrameParser parser = new FrameParser();
    private final FrameParser general = new FrameParser();

    @Test
    void tradesAsBinanceSendsThemTakeTheFastPath() {
        for (int i = 0; i < 100_000; i++) {
            byte[] frame = frame(random.nextBoolean()).getBytes(UTF_8);
            assertThat(fast.read(frame, 0, frame.length)).as(new String(frame, UTF_8)).isTrue();
            compare(frame, 0, frame.length);
        }
    }

    @Test
    void recordedTradesTakeTheFastPath() {
        long taken = 0;
        for (byte[] frame : SharedFrames.ofCapture("ethusdt")) {
            taken += compare(frame, 0, frame.length) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(6_106);
    }

    @Test
    void changedFieldsReadAsTheGeneralParserReadsThem() {
        int taken = 0;
        for (int i = 0; i < 150_000; i++) {
            byte[] frame = changed(frame(random.nextBoolean())).getBytes(UTF_8);
            taken += compare(frame, 0, frame.length) ? 1 : 0;
        }
        assertThat(taken).isBetween(2_000, 100_000);
    }

    @Test
    void mutatedFramesReadAsTheGeneralParserReadsThem() {
        int taken = 0;
        for (int i = 0; i < 150_000; i++) {
            byte[] frame = frame(random.nextBoolean()).getBytes(UTF_8);
            byte[] mutated = FrameMutations.mutate(frame, random);
            taken += compare(mutated, 0, mutated.length) ? 1 : 0;
        }
        assertThat(taken).isBetween(4_000, 100_000);
    }

    @Test
    void bytesOutsideOfTheFrameDoNotMatter() {
        for (int i = 0; i < 300; i++) {
            byte[] frame = frame(random.nextBoolean()).getBytes(UTF_8);
            byte[] next = frame(random.nextBoolean()).getBytes(UTF_8);
            byte[] both = Arrays.copyOf(frame, frame.length + next.length);
            System.arraycopy(next, 0, both, frame.length, next.length);
            for (int to = 0; to <= frame.length; to++) {
                assertThat(compare(both, 0, to)).isEqualTo(to == frame.length);
                assertThat(compare(frame, 0, to)).isEqualTo(to == frame.length);
            }
            assertThat(compare(both, frame.length, both.length)).isTrue();
        }
    }

    /** Returns whether the fast path took the frame. */
    private boolean compare(byte[] frame, int from, int to) {
        parser.parse(frame, from, to);
        general.parseAnyForm(frame, from, to);
        if (!texts(parser).equals(texts(general))
                || !Arrays.equals(numbers(parser), numbers(general))) {
            assertThat(texts(parser) + Arrays.toString(numbers(parser)))
                    .as(new String(frame, from, to - from, UTF_8))
                    .isEqualTo(texts(general) + Arrays.toString(numbers(general)));
        }
        return fast.read(frame, from, to);
    }

    private static List<Object> texts(FrameParser f) {
        return Arrays.asList(f.type(), f.symbol(), f.reason(), f.text(), f.kline());
    }

    private static long[] numbers(FrameParser f) {
        return new long[] {
            f.eventTimeUs(),
            f.id(),
            f.price(),
            f.quantity(),
            f.firstId(),
            f.lastId(),
            f.timeUs(),
            f.buyerIsMaker() ? 1 : 0,
            f.bidPrice(),
            f.bidQuantity(),
            f.askPrice(),
            f.askQuantity(),
            f.errorCode(),
            f.bids().size(),
            f.asks().size()
        };
    }

    private String frame(boolean aggregate) {
        String symbol = oneOf(List.of("BTCUSDT", "ETHUSDT", "1000SATSUSDT", "A", "币安人生USDT"));
        List<String> payload = new ArrayList<>();
        payload.add(aggregate ? "\"e\":\"aggTrade\"" : "\"e\":\"trade\"");
        payload.add("\"E\":" + time());
        payload.add("\"s\":\"" + symbol + "\"");
        payload.add((aggregate ? "\"a\":" : "\"t\":") + natural());
        payload.add("\"p\":\"" + (1 + natural() % 10_000_000_000L) + fraction());
        payload.add("\"q\":\"" + natural() % 10_000_000_000L + fraction());
        if (aggregate) {
            long first = natural();
            payload.add("\"f\":" + first);
            payload.add("\"l\":" + (first + random.nextInt(3)));
        }
        payload.add("\"T\":" + time());
        payload.add("\"m\":" + random.nextBoolean());
        payload.add("\"M\":true");
        return "{\"stream\":\"%s@%s\",\"data\":{%s}}"
                .formatted(
                        symbol.toLowerCase(Locale.ROOT),
                        aggregate ? "aggTrade" : "trade",
                        String.join(",", payload));
    }

    private String time() {
        long micros = 946_684_800_000_000L + random.nextLong(3_000_000_000_000_000L);
        return String.valueOf(random.nextBoolean() ? micros : micros / 1_000);
    }

    private long natural() {
        return random.nextLong(100_000_000_000_000_000L) >> random.nextInt(57);
    }

    private String fraction() {
        return ".%08d\"".formatted(random.nextInt(100_000_000));
    }

    /** Changes one or two things that a frame is made of: fields, their order, spaces, texts. */
    private String changed(String frame) {
        int open = frame.indexOf("{", 1);
        List<String> outer = new ArrayList<>(List.of(frame.substring(1, open - 8)));
        String data = frame.substring(open + 1, frame.length() - 2);
        List<String> fields = new ArrayList<>(List.of(data.split(",")));
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            change(random.nextInt(12) == 0 ? outer : fields);
        }
        outer.add(random.nextInt(1 + outer.size()) / 2, outer.remove(0));
        outer.add("\"data\":{" + String.join(",", fields) + "}");
        String text = "{" + String.join(",", outer) + "}";
        int cut = random.nextInt(text.length());
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, cut);
            case 1 -> text.substring(0, cut) + oneOf(List.of(" ", "\n", "x")) + text.substring(cut);
            case 2 -> text + oneOf(List.of(" ", "\r\n", "}", "x"));
            default -> text;
        };
    }

    private void change(List<String> fields) {
        int at = random.nextInt(fields.size());
        String field = fields.get(at);
        String key = field.substring(0, field.indexOf(':') + 1);
        switch (random.nextInt(8)) {
            case 0 -> fields.remove(at);
            case 1 -> fields.add(random.nextInt(fields.size()), field);
            case 2 -> Collections.shuffle(fields, new Random(random.nextLong()));
            case 3 -> fields.add(at, "\"x\":" + oneOf(NUMBERS));
            case 4 -> fields.set(at, field.replaceFirst("[a-zA-Z]", oneOf(List.of("l", "f", "u"))));
            default -> fields.set(at, key + value(field.substring(key.length())));
        }
        if (fields.isEmpty()) {
            fields.add("\"y\":[]");
        }
    }

    private String value(String old) {
        boolean decimal = old.contains(".");
        boolean text = old.startsWith("\"") && !decimal;
        return oneOf(decimal ? DECIMALS : text ? TEXTS : NUMBERS);
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}

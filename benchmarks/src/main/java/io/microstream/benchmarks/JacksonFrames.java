package io.microstream.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.microstream.market.Decimal8;
import java.io.IOException;

/**
 * Reads the fields of trades and depth updates by Jackson's streaming parser, in any order and
 * never through double: what the frame parser is compared with.
 */
final class JacksonFrames {

    private static final JsonFactory FACTORY = new JsonFactory();

    private String symbol;
    private long eventTime;
    private long id;
    private long price;
    private long quantity;
    private long firstId;
    private long lastId;
    private long time;
    private boolean buyerIsMaker;
    private long levels;

    /** Reads one frame of a combined stream; returns a sum over all that it read. */
    long read(byte[] frame) {
        try (JsonParser json = FACTORY.createParser(frame)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean payload = json.currentName().equals("data");
                json.nextToken();
                if (payload) {
                    payload(json);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Frame misread", e);
        }
        return symbol.length()
                + eventTime
                + id
                + price
                + quantity
                + firstId
                + lastId
                + time
                + (buyerIsMaker ? 1 : 0)
                + levels;
    }

    private void payload(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            char field = json.currentName().charAt(0);
            JsonToken value = json.nextToken();
            switch (field) {
                case 's' -> symbol = json.getText();
                case 'E' -> eventTime = json.getLongValue();
                case 't' -> id = json.getLongValue();
                case 'p' -> price = decimal(json);
                case 'q' -> quantity = decimal(json);
                case 'f', 'U' -> firstId = json.getLongValue();
                case 'l', 'u' -> lastId = json.getLongValue();
                case 'T' -> time = json.getLongValue();
                case 'm' -> buyerIsMaker = value == JsonToken.VALUE_TRUE;
                case 'a', 'b' -> {
                    if (value == JsonToken.START_ARRAY) {
                        levels(json);
                    } else {
                        id = json.getLongValue();
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private void levels(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.START_ARRAY) {
            json.nextToken();
            levels += decimal(json);
            json.nextToken();
            levels += decimal(json);
            json.nextToken();
        }
    }

    private static long decimal(JsonParser json) throws IOException {
        char[] text = json.getTextCharacters();
        int from = json.getTextOffset();
        int to = from + json.getTextLength();
        long value = 0;
        int places = -1;
        for (int at = from; at < to; at++) {
            if (text[at] == '.') {
                places = 0;
            } else {
                value = value * 10 + text[at] - '0';
                places += places < 0 ? 0 : 1;
            }
        }
        for (int missing = Decimal8.SCALE - Math.max(0, places); missing > 0; missing--) {
            value *= 10;
        }
        return value;
    }
}

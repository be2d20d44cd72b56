package io.microstream.binance.replay.exchange.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A control message as the client sent it.
 *
 * @param method null if there was none
 * @param methodColumn where it ended
 * @param params strings, {@link Boolean}s, or null for anything else; null if there was no list
 * @param id as JSON; null if there was none or it is not supported
 * @param end column of the last character
 */
record ControlRequest(String method, int methodColumn, List<Object> params, String id, int end) {

    /** Signals a text that is not JSON. */
    static final class NotJson extends Exception {
        private static final long serialVersionUID = 1;
        private final String where;

        NotJson(JsonLocation at) {
            super("not JSON", null, false, false);
            this.where = "line " + at.getLineNr() + " column " + at.getColumnNr();
        }

        String where() {
            return where;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern TEXT_ID = Pattern.compile("[A-Za-z0-9_-]{1,36}");

    static ControlRequest read(String text) throws NotJson {
        try (JsonParser json = JSON.createParser(text)) {
            return read(json, text.length());
        } catch (JsonProcessingException e) {
            throw new NotJson(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlRequest read(JsonParser json, int end) throws IOException, NotJson {
        String method = null;
        int column = 0;
        List<Object> params = null;
        String id = null;
        JsonToken start = json.nextToken();
        if (start == null) {
            throw new NotJson(json.currentLocation());
        }
        if (start == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("method") && value == JsonToken.VALUE_STRING) {
                    method = json.getText();
                    column = json.currentLocation().getColumnNr() - 1;
                } else if (name.equals("params") && value == JsonToken.START_ARRAY) {
                    params = params(json);
                } else if (name.equals("id")) {
                    id = id(json, value);
                }
                json.skipChildren();
            }
        }
        while (json.nextToken() != null) {
            json.skipChildren();
        }
        return new ControlRequest(method, column, params, id, end);
    }

    private static List<Object> params(JsonParser json) throws IOException {
        List<Object> params = new ArrayList<>();
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                params.add(json.getText());
            } else {
                params.add(token.isBoolean() ? json.getBooleanValue() : null);
            }
            json.skipChildren();
        }
        return params;
    }

    private static String id(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return "null";
        }
        if (value == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return json.getText();
        }
        return value == JsonToken.VALUE_STRING && TEXT_ID.matcher(json.getText()).matches()
                ? '"' + json.getText() + '"'
                : null;
    }
}

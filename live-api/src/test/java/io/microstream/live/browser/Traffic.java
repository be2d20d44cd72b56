package io.microstream.live.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests and bytes of a browser, from the Network events of its DevTools protocol. */
final class Traffic {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> urls = new ArrayList<>();
    private final Map<String, String> urlById = new HashMap<>();
    private final Map<String, Long> bytesById = new HashMap<>();

    /** Takes in one entry of the performance log; events of other kinds are passed over. */
    void add(String entry) {
        JsonNode message = parse(entry).path("message");
        JsonNode params = message.path("params");
        switch (message.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                    urls.add(params.path("request").path("url").asText());
            case "Network.webSocketCreated" -> urls.add(params.path("url").asText());
            case "Network.loadingFinished" ->
                    bytesById.put(
                            params.path("requestId").asText(),
                            params.path("encodedDataLength").asLong());
            default -> {}
        }
    }

    private static JsonNode parse(String entry) {
        try {
            return JSON.readTree(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: entry=" + entry, e);
        }
    }

    void forget() {
        urls.clear();
        urlById.clear();
        bytesById.clear();
    }

    /** Addresses asked for, WebSockets included, in order. */
    List<String> urls() {
        return List.copyOf(urls);
    }

    /** Those that would leave for another host than 127.0.0.1. */
    List<String> foreign() {
        return urls.stream()
                .filter(url -> !url.matches("(https?|wss?)://127\\.0\\.0\\.1:\\d+/.*"))
                .filter(url -> !url.matches("(data|blob|about|chrome):.*"))
                .toList();
    }

    /** Bytes that came over the wire, headers included, of requests that are over. */
    long bytes() {
        return bytesById.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those of the page itself, without answers of the API. */
    long bytesOfThePage() {
        return bytesById.entrySet().stream()
                .filter(each -> !urlById.getOrDefault(each.getKey(), "").contains("/api/v1/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}

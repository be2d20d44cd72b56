package io.microstream.live.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the value of the Link header (RFC 8288) that leads to the next page. */
final class NextLink {

    private NextLink() {}

    /** Returns the address of the request with another cursor and without its token. */
    static String of(ApiRequest request, String cursor) {
        String query =
                Stream.concat(
                                request.query().entries().stream()
                                        .filter(each -> !each.getKey().equals("cursor"))
                                        .filter(each -> !each.getKey().equals("token")),
                                Stream.of(Map.entry("cursor", cursor)))
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        return "<" + request.path() + "?" + query + ">; rel=\"next\"";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.microstream.live.web;

import io.microstream.live.rest.ApiResponse;
import io.microstream.live.rest.ResponseWriter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page's files, from the class path's folder {@code live-page/} (others have a {@code web/},
 * Flink's own pages among them): {@code /} is {@code index.html}. Each is read and hashed once and
 * then kept in memory, with {@code NAME.gz} beside it where the build has compressed it. Browsers
 * may keep names that carry a hash ({@code app-1a2b3c4d.js}) for ever; they ask for others again
 * with their ETag.
 */
final class PageFiles {

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("map", "application/json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private record File(String type, byte[] plain, byte[] gzip, Map<String, String> headers) {}

    private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

    void mount(Router router) {
        router.route(HttpMethod.GET, "/*").handler(this::give);
        router.route(HttpMethod.HEAD, "/*").handler(this::give);
    }

    private void give(RoutingContext context) {
        String path = context.normalizedPath();
        String name = path.equals("/") ? "index.html" : path.substring(1);
        if (name.startsWith("api/") || !name.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,120}")) {
            context.next();
            return;
        }
        Optional<File> file = files.get(name);
        if (file == null) {
            file = read(name);
            if (file.isPresent()) {
                files.put(name, file);
            }
        }
        if (file.isEmpty()) {
            context.next();
            return;
        }
        send(context, file.get());
    }

    /** A file that the build has compressed goes out so to clients that accept it. */
    private static void send(RoutingContext context, File file) {
        boolean isGzip =
                file.gzip() != null
                        && context.parsedHeaders().acceptEncoding().stream()
                                .anyMatch(each -> each.value().equals("gzip") && each.weight() > 0);
        ApiResponse response =
                new ApiResponse(
                        200, file.type(), isGzip ? file.gzip() : file.plain(), file.headers());
        ResponseWriter.send(context, isGzip ? response.with("Content-Encoding", "gzip") : response);
    }

    private static Optional<File> read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        byte[] plain = type == null || name.contains("..") ? null : resource("/live-page/" + name);
        if (plain == null) {
            return Optional.empty();
        }
        boolean isForEver =
                name.matches(".*[.-][0-9A-Za-z_]{8,}\\.[a-z0-9]+$")
                        && name.matches(".*[.-][A-Za-z_]*[0-9][0-9A-Za-z_]*\\.[a-z0-9]+$");
        Map<String, String> headers =
                Map.of(
                        "ETag",
                        ResponseWriter.etag(plain),
                        "Vary",
                        "Accept-Encoding",
                        "Cache-Control",
                        isForEver ? "public, max-age=31536000, immutable" : "no-cache");
        return Optional.of(new File(type, plain, resource("/live-page/" + name + ".gz"), headers));
    }

    private static byte[] resource(String path) {
        try (InputStream file = PageFiles.class.getResourceAsStream(path)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Page file unreadable: resource=" + path, e);
        }
    }
}

package io.microstream.live.web;

import io.microstream.live.rest.ResponseWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The page's files, from the class path's folder {@code live-page/} (others have a {@code web/},
 * Flink's own pages among them): {@code /} is {@code index.html}. Each is read, hashed and
 * compressed once and then kept in memory; {@code NAME.gz} beside a file is taken as it is. Names
 * that carry a hash ({@code app-1a2b3c4d.js}) may be kept by browsers for ever, others are asked
 * for again with their ETag.
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

    private record File(String type, byte[] plain, byte[] gzip, String etag, boolean isForEver) {}

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

    private static void send(RoutingContext context, File file) {
        HttpServerResponse response = context.response();
        response.putHeader("ETag", file.etag())
                .putHeader("Vary", "Accept-Encoding")
                .putHeader(
                        "Cache-Control",
                        file.isForEver() ? "public, max-age=31536000, immutable" : "no-cache");
        String known = context.request().getHeader("If-None-Match");
        if (known != null && known.contains(file.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.type());
        boolean isGzip = file.gzip() != null && ResponseWriter.of(context).takesGzip();
        if (isGzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        ResponseWriter.end(context, Buffer.buffer(isGzip ? file.gzip() : file.plain()));
    }

    private static Optional<File> read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        byte[] plain = type == null || name.contains("..") ? null : resource("/live-page/" + name);
        if (plain == null) {
            return Optional.empty();
        }
        byte[] packed = resource("/live-page/" + name + ".gz");
        byte[] gzip = packed == null ? compressed(plain) : packed;
        return Optional.of(
                new File(
                        type,
                        plain,
                        gzip.length < plain.length ? gzip : null,
                        etag(plain),
                        name.matches(".*[.-][0-9A-Za-z_]{8,}\\.[a-z0-9]+$")
                                && name.matches(
                                        ".*[.-][A-Za-z_]*[0-9][0-9A-Za-z_]*\\.[a-z0-9]+$")));
    }

    private static byte[] resource(String path) {
        try (InputStream file = PageFiles.class.getResourceAsStream(path)) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Page file unreadable: resource=" + path, e);
        }
    }

    private static byte[] compressed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(bytes) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, 12)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No SHA-256 in this JVM", e);
        }
    }
}

import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.reference.V8ValueObject;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Builds the live page: checks and compiles its TypeScript, copies the rest, compresses everything.
 *
 * <p>Microsoft's compiler runs in V8 inside this process; both come as jars on the class path, so a
 * build needs a JDK and the local Maven repository only. Any diagnostic ends the build with its
 * file, line and column. Nothing is done when neither inputs nor this program changed since the
 * last run.
 *
 * <p>Started as a source file by {@code exec-maven-plugin}: the system properties {@code
 * typescript.version} and {@code echarts.version} name the versions on the class path, arguments are the directory of the
 * module, the directories of its classes and of its test classes, and the most the page may weigh
 * in bytes.
 */
final class PageBuild {

    private static final String TYPESCRIPT =
            "META-INF/resources/webjars/typescript/" + version("typescript") + "/lib/";
    private static final String ECHARTS_FOLDER = "resources/_static/echarts/" + version("echarts");
    private static final String ECHARTS =
            "META-INF/" + ECHARTS_FOLDER + "/dist/echarts.esm.min.mjs";
    private static final String ECHARTS_TYPES = ECHARTS_FOLDER + "/types/dist/echarts.d.ts";
    private static final Pattern LIB =
            Pattern.compile("^/// <reference lib=\"([^\"]+)\"", Pattern.MULTILINE);
    private static final Pattern LIBS = Pattern.compile("\"lib\": \\[([^]]*)]");
    private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9.]+)\"");
    private static final List<String> COPIED =
            List.of(".html", ".css", ".svg", ".ico", ".webmanifest");

    private final Path module;
    private final Path classes;
    private final Path testClasses;

    private static String version(String library) {
        return Objects.requireNonNull(System.getProperty(library + ".version"), library);
    }

    private PageBuild(Path module, Path classes, Path testClasses) {
        this.module = module;
        this.classes = classes;
        this.testClasses = testClasses;
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            throw new IllegalArgumentException(
                    "PageBuild: arguments=MODULE CLASSES TEST_CLASSES MAX_BYTES, found "
                            + args.length);
        }
        long begun = System.nanoTime();
        PageBuild build = new PageBuild(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
        String outcome;
        try {
            outcome = build.run(Long.parseLong(args[3]));
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        System.out.printf("page: %s in %.1f s%n", outcome, (System.nanoTime() - begun) / 1e9);
    }

    private String run(long maxBytes) throws Exception {
        Map<String, String> sources = sources();
        String state = fingerprint(sources);
        Path stamp = classes.resolveSibling("page.sha256");
        if (Files.exists(stamp)
                && Files.readString(stamp).equals(state)
                && Files.exists(classes.resolve("live-page/index.html"))) {
            return "unchanged";
        }
        Map<String, String> outputs = compile(sources);
        Map<Path, byte[]> assets = new TreeMap<>();
        outputs.forEach((path, text) -> place(path, text, assets));
        sources.forEach(
                (path, text) -> {
                    if (isCopied(path)) place(path, text, assets);
                });
        assets.put(classes.resolve("live-page/vendor/echarts.js"), withoutSourceMap(resource(ECHARTS)));
        clear(classes.resolve("live-page"));
        clear(testClasses.resolve("web"));
        String weight = write(assets, maxBytes);
        Files.writeString(stamp, state);
        return weight;
    }

    /** Everything under src/main/web and src/test/web by its path below src. */
    private Map<String, String> sources() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Path src = module.resolve("src");
        for (String tree : List.of("main/web", "test/web", "build/page")) {
            if (!Files.isDirectory(src.resolve(tree))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(src.resolve(tree))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(
                            "/src/" + src.relativize(file).toString().replace('\\', '/'),
                            Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static String fingerprint(Map<String, String> sources) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        sources.forEach(
                (path, text) ->
                        digest.update(
                                (path + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
        digest.update((TYPESCRIPT + ECHARTS).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private Map<String, String> compile(Map<String, String> sources) throws Exception {
        Map<String, String> texts = new TreeMap<>(sources);
        String config = sources.get("/src/main/web/tsconfig.json");
        texts.putAll(libraries(config));
        texts.put("/src/main/web/vendor/echarts.d.ts", echartsTypes());
        List<String> roots =
                sources.keySet().stream().filter(path -> path.endsWith(".ts")).toList();
        try (V8Runtime v8 = startV8()) {
            v8.getExecutor(
                            new String(
                                    resource(TYPESCRIPT + "typescript.js"), StandardCharsets.UTF_8))
                    .executeVoid();
            v8.getExecutor(sources.get("/src/build/page/compile.js")).executeVoid();
            v8.getGlobalObject().set("roots", String.join("\n", roots));
            v8.getGlobalObject().set("config", config);
            v8.getExecutor("const texts = {}").executeVoid();
            try (V8ValueObject map = v8.getExecutor("texts").execute()) {
                for (Map.Entry<String, String> text : texts.entrySet()) {
                    map.set(text.getKey(), text.getValue());
                }
            }
            v8.getExecutor(
                            "const compiled = compile(texts, roots.split('\\n'), JSON.parse(config).compilerOptions, '/src/main/web')")
                    .executeVoid();
            String diagnostics =
                    v8.getExecutor(
                                    "compiled.diagnostics.map(line => '[ERROR] ' + line).join('\\n')")
                            .executeString();
            if (!diagnostics.isEmpty()) {
                throw new IllegalStateException(
                        diagnostics.replace("/src/", module.resolve("src") + "/"));
            }
            Map<String, String> outputs = new TreeMap<>();
            for (String path :
                    v8.getExecutor("Object.keys(compiled.outputs).join('\\n')")
                            .executeString()
                            .split("\n")) {
                outputs.put(
                        path, v8.getExecutor("compiled.outputs['" + path + "']").executeString());
            }
            return outputs;
        }
    }

    private static V8Runtime startV8() {
        try {
            return V8Host.getV8Instance().createV8Runtime();
        } catch (Exception | LinkageError e) {
            throw new IllegalStateException(
                    "page: TypeScript's engine cannot start on os.name="
                            + System.getProperty("os.name")
                            + " os.arch="
                            + System.getProperty("os.arch")
                            + ": "
                            + e.getMessage()
                            + ". Give its native library with -Dpage.v8=javet-v8-OS-ARCH (com.caoccao.javet) or build on linux-x86_64.",
                    e);
        }
    }

    /** The type libraries that the configuration names, with those they refer to. */
    private static Map<String, String> libraries(String config) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Deque<String> wanted = new ArrayDeque<>();
        LIBS.matcher(config)
                .results()
                .forEach(
                        libs ->
                                QUOTED.matcher(libs.group(1))
                                        .results()
                                        .forEach(
                                                name ->
                                                        wanted.add(
                                                                "lib." + name.group(1) + ".d.ts")));
        while (!wanted.isEmpty()) {
            String name = wanted.remove();
            if (found.containsKey("/lib/" + name)) {
                continue;
            }
            String text = new String(resource(TYPESCRIPT + name), StandardCharsets.UTF_8);
            found.put("/lib/" + name, text);
            Matcher references = LIB.matcher(text);
            while (references.find()) {
                wanted.add("lib." + references.group(1) + ".d.ts");
            }
        }
        return found;
    }

    /** The chart library's own types, which its jar keeps in a tar. */
    private static String echartsTypes() throws IOException {
        try (DataInputStream tar =
                new DataInputStream(new GZIPInputStream(open("META-INF/.more.tgz")))) {
            byte[] header = new byte[512];
            while (tar.readNBytes(header, 0, 512) == 512) {
                String name = field(header, 0, 100);
                if (name.isEmpty()) {
                    break;
                }
                int size = Integer.parseInt(field(header, 124, 12).trim(), 8);
                byte[] body = tar.readNBytes(size);
                tar.skipNBytes((512 - size % 512) % 512);
                if (name.equals(ECHARTS_TYPES)) {
                    return new String(body, StandardCharsets.UTF_8);
                }
            }
        }
        throw new IllegalStateException(
                "page: types of the chart library are not in its jar: path=" + ECHARTS_TYPES);
    }

    private static String field(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.US_ASCII);
    }

    private static boolean isCopied(String path) {
        return path.startsWith("/src/main/web/") && COPIED.stream().anyMatch(path::endsWith);
    }

    private void place(String path, String text, Map<Path, byte[]> assets) {
        Path target =
                path.startsWith("/src/main/")
                        ? classes.resolve("live-page/" + path.substring("/src/main/web/".length()))
                        : testClasses.resolve(path.substring("/src/test/".length()));
        assets.put(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes away what an earlier build made of sources that have gone since. */
    private static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private String write(Map<Path, byte[]> assets, long maxBytes) throws IOException {
        long raw = 0;
        long packed = 0;
        List<String> parts = new ArrayList<>();
        for (Map.Entry<Path, byte[]> asset : assets.entrySet()) {
            Files.createDirectories(asset.getKey().getParent());
            Files.write(asset.getKey(), asset.getValue());
            if (!asset.getKey().startsWith(classes)) {
                continue;
            }
            byte[] gzip = gzip(asset.getValue());
            Files.write(asset.getKey().resolveSibling(asset.getKey().getFileName() + ".gz"), gzip);
            raw += asset.getValue().length;
            packed += gzip.length;
            parts.add(asset.getKey().getFileName() + "=" + gzip.length);
        }
        if (packed > maxBytes) {
            throw new IllegalStateException(
                    "page: too heavy: gzip="
                            + packed
                            + " B, limit="
                            + maxBytes
                            + " B; "
                            + String.join(" ", parts));
        }
        return String.format(
                "files=%d raw=%d kB gzip=%d kB (limit %d kB)",
                parts.size(), raw / 1000, packed / 1000, maxBytes / 1000);
    }

    private static byte[] withoutSourceMap(byte[] script) {
        String text = new String(script, StandardCharsets.UTF_8);
        int at = text.lastIndexOf("//# sourceMappingURL=");
        return (at < 0 ? text : text.substring(0, at)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip =
                new GZIPOutputStream(out) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String name) {
        InputStream in = PageBuild.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(
                    "page: resource="
                            + name
                            + " is not on the class path: add the jar that has it to live-api/pom.xml.");
        }
        return in;
    }
}

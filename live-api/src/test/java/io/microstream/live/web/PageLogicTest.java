package io.microstream.live.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.callback.IV8ModuleResolver;
import com.caoccao.javet.values.reference.V8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the page's own tests, {@code src/test/web/*.test.ts}, in V8 on the very scripts that
 * browsers get: what needs no document is tested without one.
 */
class PageLogicTest {

    private static final Path PAGE = Path.of("target", "classes", "live-page");
    private static final Path TESTS = Path.of("target", "test-classes", "web");

    private static V8Runtime v8;
    private static final Map<String, V8Module> LOADED = new HashMap<>();

    @BeforeAll
    static void load() throws Exception {
        v8 = V8Host.getV8Instance().createV8Runtime();
        IV8ModuleResolver resolver = (runtime, name, from) -> module(name);
        v8.setV8ModuleResolver(resolver);
        StringBuilder all = new StringBuilder("import {cases} from 'harness.js';\n");
        for (Path file : testFiles()) {
            all.append("import '").append(file.getFileName()).append("';\n");
        }
        v8.getExecutor(all + "globalThis.cases = cases;")
                .setResourceName("all.js")
                .setModule(true)
                .executeVoid();
    }

    @AfterAll
    static void close() throws JavetException {
        for (V8Module module : LOADED.values()) {
            module.close();
        }
        LOADED.clear();
        v8.close(true);
    }

    private static List<Path> testFiles() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".test.js")).sorted().toList();
        }
    }

    /**
     * Pages and tests have different names, so the last part of an address says which file it is.
     */
    private static V8Module module(String address) throws JavetException {
        String name = address.substring(address.lastIndexOf('/') + 1);
        V8Module known = LOADED.get(name);
        if (known != null) {
            return known;
        }
        Path file = Files.exists(TESTS.resolve(name)) ? TESTS.resolve(name) : PAGE.resolve(name);
        try {
            V8Module module =
                    v8.getExecutor(Files.readString(file)).setResourceName(name).compileV8Module();
            LOADED.put(name, module);
            return module;
        } catch (IOException e) {
            throw new IllegalStateException("Script of the page not built: file=" + file, e);
        }
    }

    @TestFactory
    List<DynamicTest> page() throws JavetException {
        List<DynamicTest> tests = new ArrayList<>();
        int count = v8.getExecutor("cases.length").executeInteger();
        for (int i = 0; i < count; i++) {
            int index = i;
            tests.add(
                    DynamicTest.dynamicTest(
                            v8.getExecutor("cases[" + i + "].name").executeString(),
                            () -> run(index)));
        }
        return tests;
    }

    /** Runs one case to its end, also where it waits for what it has answered itself. */
    private static void run(int index) throws JavetException {
        v8.getExecutor(
                        """
                        globalThis.failure = "it never ended";
                        Promise.resolve().then(() => cases[%d].run())
                            .then(() => { failure = ""; }, e => { failure = String(e); });
                        """
                                .formatted(index))
                .executeVoid();
        v8.await();
        assertThat(v8.getExecutor("failure").executeString()).isEmpty();
    }

    @Test
    void everyTestFileIsLoaded() throws Exception {
        assertThat(testFiles()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(v8.getExecutor("cases.length").executeInteger()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void failureOfTheHarnessIsSeen() {
        assertThatThrownBy(
                        () ->
                                v8.getExecutor("throw new Error('expected 1 but found 2')")
                                        .executeVoid())
                .hasMessageContaining("expected 1 but found 2");
    }
}

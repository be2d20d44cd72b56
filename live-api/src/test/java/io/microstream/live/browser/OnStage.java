package io.microstream.live.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link LiveStage} of the run. After each, nothing may have left loopback and
 * the console must be empty, unless the test is tagged {@value #OUTAGE}; a failure leaves picture,
 * console and traffic in {@code target/browser}.
 */
final class OnStage
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                ParameterResolver {

    /** Tag of tests in which requests fail on purpose. */
    static final String OUTAGE = "outage";

    /** Closes the stage when the run is over. */
    private record Held(LiveStage stage) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() throws IOException {
            stage.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(
                Chromium.installed(),
                "no /usr/bin/chromium and /usr/bin/chromedriver: apt-get install chromium chromium-driver");
        stage(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        stage(context).begin();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        LiveStage stage = stage(context);
        if (context.getExecutionException().isEmpty()) {
            try {
                check(stage, context);
                return;
            } catch (AssertionError e) {
                evidence(stage, context);
                throw e;
            }
        }
        evidence(stage, context);
    }

    private static void check(LiveStage stage, ExtensionContext context) {
        stage.assertNothingLeftLoopback();
        if (!context.getTags().contains(OUTAGE)) {
            stage.assertConsoleIsEmpty();
        }
    }

    private static void evidence(LiveStage stage, ExtensionContext context) throws IOException {
        String name = context.getRequiredTestMethod().getName();
        stage.chromium.evidence(Path.of("target", "browser"), name);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveStage.class;
    }

    @Override
    public LiveStage resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stage(context);
    }

    private static LiveStage stage(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OnStage.class))
                .getOrComputeIfAbsent("stage", key -> new Held(LiveStage.open()), Held.class)
                .stage();
    }
}

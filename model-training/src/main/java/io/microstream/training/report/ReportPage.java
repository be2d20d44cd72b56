package io.microstream.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Fills the page of a report.
 *
 * <p>Self-contained: style, script, plot library and numbers are inlined, nothing is fetched.
 * Tables and text are in the HTML itself and can be read without JavaScript; only the plots need
 * it. Equal reports give equal bytes. What is inlined as JSON has every {@code <} escaped, so that
 * no text of a report can end a script.
 */
public final class ReportPage {

    private static final String ECHARTS = "echarts.min.js";
    private static final Configuration TEMPLATES = templates();

    private ReportPage() {}

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(ReportPage.class, "");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }

    /**
     * Returns the page of a report.
     *
     * @param report what its JSON holds, as maps and lists
     * @throws IllegalStateException if the report lacks what the page shows
     */
    public static String html(Map<String, Object> report) {
        Map<String, Object> model = new HashMap<>();
        model.put("report", report);
        model.put("json", json(report));
        model.put("style", resource("report.css"));
        model.put("script", resource("report.js"));
        model.put("echarts", resource(ECHARTS));
        StringWriter page = new StringWriter();
        try {
            TEMPLATES.getTemplate("report.ftlh").process(model, page);
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("Report page cannot be filled: " + e.getMessage(), e);
        }
        return page.toString();
    }

    private static String json(Map<String, Object> report) {
        try {
            return new ObjectMapper().writeValueAsString(report).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and lists are always JSON", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Report page: resource=" + name + " is missing. Build the program again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.microstream.standalone.report;

import io.microstream.tables.Secrets;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;
import org.apache.logging.log4j.core.pattern.PatternFormatter;

/** The pattern <code>%masked{…}</code> of log files: what is inside, without {@link Secrets}. */
@Plugin(name = "masked", category = PatternConverter.CATEGORY)
@ConverterKeys("masked")
public final class MaskedConverter extends LogEventPatternConverter {

    private final List<PatternFormatter> inside;

    private MaskedConverter(List<PatternFormatter> inside) {
        super("masked", "masked");
        this.inside = inside;
    }

    /** Creates a converter; log4j calls it with the text between the braces. */
    public static MaskedConverter newInstance(Configuration config, String[] options) {
        return new MaskedConverter(PatternLayout.createPatternParser(config).parse(options[0]));
    }

    @Override
    public void format(LogEvent event, StringBuilder line) {
        StringBuilder text = new StringBuilder();
        inside.forEach(part -> part.format(event, text));
        line.append(Secrets.masked(text.toString()));
    }

    @Override
    public boolean handlesThrowable() {
        return inside.stream().anyMatch(PatternFormatter::handlesThrowable);
    }
}

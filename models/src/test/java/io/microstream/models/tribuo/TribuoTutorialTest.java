package io.microstream.models.tribuo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs the Java of docs/tribuo.md, block after block, and compares what it prints with
 * the text below each block. {@code -Dtutorial.rewrite=true} writes what it prints into the page.
 */
class TribuoTutorialTest {

    private static final Path PAGE = Path.of("..", "docs", "tribuo.md");
    private static final Pattern BLOCK =
            Pattern.compile("```java\\n(.*?)```\\n(?:\\n```text\\n(.*?)```\\n)?", Pattern.DOTALL);
    private static final String END_OF_BLOCK = "--- end of block ---\n";

    @TempDir private Path folder;

    @Test
    void theTutorialPrintsWhatItSays() throws Exception {
        String page = Files.readString(PAGE);
        List<String> printed = run(source(page));
        String actual = withOutputs(page, printed);
        if (Boolean.getBoolean("tutorial.rewrite")) {
            Files.writeString(PAGE, actual);
        }
        assertThat(printed).as("blocks of Java").hasSizeGreaterThan(8);
        assertThat(Files.readString(PAGE)).isEqualTo(actual);
    }

    /** Returns one class, with the imports of all blocks on top and all other lines in main. */
    private static String source(String page) {
        StringBuilder imports = new StringBuilder();
        StringBuilder body = new StringBuilder();
        Matcher blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            for (String line : blocks.group(1).lines().toList()) {
                (line.startsWith("import ") ? imports : body).append(line).append('\n');
            }
            body.append("System.out.print(\"")
                    .append(END_OF_BLOCK.replace("\n", "\\n"))
                    .append("\");\n");
        }
        return imports
                + "public final class Tutorial {\n"
                + "public static void main(String[] args) throws Exception {\n"
                + body
                + "}\n}\n";
    }

    private List<String> run(String source) throws Exception {
        Path classes = compile(source);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            loader.loadClass("Tutorial")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {folder.toString()});
        } finally {
            System.setOut(before);
        }
        String text = out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        List<String> printed = new ArrayList<>(List.of(text.split(END_OF_BLOCK, -1)));
        printed.remove(printed.size() - 1);
        return printed;
    }

    private Path compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Tutorial.java"), source);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "-d",
                                            classes.toString(),
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            "-proc:none",
                                            "-Xlint:unchecked,rawtypes,deprecation",
                                            "-Werror"),
                                    null,
                                    files.getJavaFileObjects(file))
                            .call();
            assertThat(compiled).as("%s%n%s", messages, source).isTrue();
        }
        return classes;
    }

    /**
     * Returns the page with what was printed below each block, and nothing below a block that
     * prints nothing.
     */
    private static String withOutputs(String page, List<String> printed) {
        StringBuilder result = new StringBuilder();
        Matcher blocks = BLOCK.matcher(page);
        for (String output : printed) {
            assertThat(blocks.find()).isTrue();
            String text = output.isEmpty() ? "" : "\n```text\n" + output + "```\n";
            blocks.appendReplacement(
                    result,
                    Matcher.quoteReplacement("```java\n" + blocks.group(1) + "```\n" + text));
        }
        return blocks.appendTail(result).toString();
    }
}

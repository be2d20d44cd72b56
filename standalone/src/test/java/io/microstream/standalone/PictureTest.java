package io.microstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Compares the drawings of {@code docs/architecture.md} with the modules, packages and imports that
 * the bytecode has. With {@code -Dmicrostream.draw=true} the test writes the drawings instead.
 */
class PictureTest {

    private static final Path PAGE = Path.of("..", "docs", "architecture.md");

    /** A drawing in the page: its subject and its lines. */
    private static final Pattern DRAWING =
            Pattern.compile(
                    "(<!-- drawing: ([a-z-]+) -->\n```mermaid\n).*?(```\n)", Pattern.DOTALL);

    private static final Pattern MODULE = Pattern.compile("/([^/]+)/target/");
    private static final String ROOT = "io.microstream.";

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.microstream");

    @Test
    void drawingsMatchModulesPackagesAndImports() throws Exception {
        String page = Files.readString(PAGE);
        String drawn = DRAWING.matcher(page).replaceAll(PictureTest::drawing);
        if (Boolean.getBoolean("microstream.draw")) {
            Files.writeString(PAGE, drawn);
            return;
        }
        assertThat(page)
                .as(
                        "docs/architecture.md is out of date. To draw it again: mvn -pl standalone -am test"
                                + " -Dtest=PictureTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dmicrostream.draw=true")
                .isEqualTo(drawn);
    }

    private static String drawing(MatchResult block) {
        String of = block.group(2);
        SortedMap<String, Set<String>> arrows =
                of.equals("modules")
                        ? arrows(each -> true, PictureTest::module)
                        : arrows(each -> module(each).equals(of), PictureTest::room);
        StringBuilder lines = new StringBuilder("flowchart BT\n");
        arrows.forEach(
                (from, targets) -> {
                    lines.append("  ").append(from).append('\n');
                    targets.stream()
                            .filter(to -> isDirect(arrows, from, to))
                            .forEach(to -> lines.append("  " + from + " --> " + to + "\n"));
                });
        return Matcher.quoteReplacement(block.group(1) + lines + block.group(3));
    }

    /** Returns what each group of classes imports of the other groups, sorted. */
    private static SortedMap<String, Set<String>> arrows(
            Predicate<JavaClass> chosen, Function<JavaClass, String> group) {
        SortedMap<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass from : HOUSE) {
            if (!chosen.test(from)) {
                continue;
            }
            Set<String> targets =
                    arrows.computeIfAbsent(group.apply(from), name -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(to -> HOUSE.contain(to.getName()) && chosen.test(to))
                    .map(group)
                    .filter(to -> !to.equals(group.apply(from)))
                    .forEach(targets::add);
        }
        return arrows;
    }

    /** Returns whether an arrow is drawn: not where a longer way says the same. */
    private static boolean isDirect(
            SortedMap<String, Set<String>> arrows, String from, String target) {
        Set<String> further = new TreeSet<>();
        arrows.get(from).forEach(over -> collect(arrows, over, further));
        return !further.contains(target) || further.contains(from);
    }

    private static void collect(
            SortedMap<String, Set<String>> arrows, String from, Set<String> reached) {
        arrows.get(from).stream()
                .filter(reached::add)
                .forEach(next -> collect(arrows, next, reached));
    }

    private static String room(JavaClass each) {
        return each.getPackageName().substring(ROOT.length());
    }

    private static String module(JavaClass each) {
        Matcher matcher = MODULE.matcher(each.getSource().orElseThrow().getUri().toString());
        assertThat(matcher.find()).as("module of %s", each.getName()).isTrue();
        return matcher.group(1);
    }
}

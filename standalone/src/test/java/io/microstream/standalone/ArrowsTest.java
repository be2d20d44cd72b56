package io.microstream.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.microstream.job.ModelUpdate;
import io.microstream.job.features.BarHistory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Checks the dependencies between packages and what they may import. Maven's scopes guard the
 * dependencies between modules.
 */
class ArrowsTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.microstream");

    private static final Class<?>[] CLOCK_TYPES = {
        System.class, Thread.class, TimeUnit.class, LockSupport.class
    };

    @Test
    void modulesImportOnlyWhatThePictureAllows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream..")
                .layer("market")
                .definedBy("io.microstream.market..")
                .layer("tables")
                .definedBy("io.microstream.tables..")
                .layer("binance-source")
                .definedBy(
                        "io.microstream.binance.wire..",
                        "io.microstream.binance.transport..",
                        "io.microstream.binance.archive..",
                        "io.microstream.binance.trades..",
                        "io.microstream.binance.source..")
                .layer("binance-replay")
                .definedBy("io.microstream.binance.replay..")
                .layer("models")
                .definedBy("io.microstream.models..")
                .layer("model-training")
                .definedBy("io.microstream.training..")
                .layer("flink-job")
                .definedBy("io.microstream.job..")
                .layer("live-api")
                .definedBy("io.microstream.live..")
                .layer("standalone")
                .definedBy("io.microstream.standalone..")
                .whereLayer("market")
                .mayNotAccessAnyLayer()
                .whereLayer("tables")
                .mayOnlyAccessLayers("market")
                .whereLayer("binance-source")
                .mayOnlyAccessLayers("market")
                .whereLayer("binance-replay")
                .mayOnlyAccessLayers("market")
                .whereLayer("models")
                .mayOnlyAccessLayers("market")
                .whereLayer("model-training")
                .mayOnlyAccessLayers("market", "models", "binance-source")
                .whereLayer("flink-job")
                .mayOnlyAccessLayers("market", "tables", "models", "binance-source")
                .whereLayer("live-api")
                .mayOnlyAccessLayers("market", "tables")
                .whereLayer("live-api")
                .mayOnlyBeAccessedByLayers("standalone")
                .whereLayer("standalone")
                .mayNotBeAccessedByAnyLayer()
                .check(HOUSE);
    }

    @Test
    void binanceSourceStandsFromTheWireUpToTheSource() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream.binance..")
                .layer("wire")
                .definedBy("io.microstream.binance.wire..")
                .layer("transport")
                .definedBy("io.microstream.binance.transport..")
                .layer("archive")
                .definedBy("io.microstream.binance.archive..")
                .layer("trades")
                .definedBy("io.microstream.binance.trades..")
                .layer("source")
                .definedBy("io.microstream.binance.source..")
                .whereLayer("wire")
                .mayNotAccessAnyLayer()
                .whereLayer("transport")
                .mayOnlyAccessLayers("wire")
                .whereLayer("archive")
                .mayOnlyAccessLayers("wire")
                .whereLayer("trades")
                .mayOnlyAccessLayers("transport", "wire")
                .check(HOUSE);
    }

    @Test
    void roomsOfTheTransportStandOnTheLoop() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream.binance.transport..")
                .layer("loop")
                .definedBy("io.microstream.binance.transport.loop..")
                .layer("rest")
                .definedBy("io.microstream.binance.transport.rest..")
                .layer("websocket")
                .definedBy("io.microstream.binance.transport.websocket..")
                .layer("streams")
                .definedBy("io.microstream.binance.transport.streams..")
                .whereLayer("loop")
                .mayNotAccessAnyLayer()
                .whereLayer("rest")
                .mayOnlyAccessLayers("loop")
                .whereLayer("websocket")
                .mayOnlyAccessLayers("loop")
                .whereLayer("streams")
                .mayOnlyAccessLayers("loop", "websocket")
                .check(HOUSE);
    }

    @Test
    void marketIsPlainJdk() {
        classes()
                .that()
                .resideInAPackage("io.microstream.market..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.microstream.market..", "java..")
                .check(HOUSE);
    }

    @Test
    void onlyTheLiveApiKnowsItsServer() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.microstream.live..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "com.zaxxer.hikari..", "io.micrometer..")
                .check(HOUSE);
    }

    @Test
    void onlyTheSourceAndTheJobKnowFlink() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.microstream.binance.source..",
                        "io.microstream.job..",
                        "io.microstream.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(HOUSE);
    }

    @Test
    void roomsOfTheJobShareItsSettingsAlone() {
        slices().matching("io.microstream.job.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage("io.microstream.job.config.."))
                .ignoreDependency(resideInAPackage("io.microstream.job.main.."), alwaysTrue())
                // The sources bring what features ask for.
                .ignoreDependency(
                        resideInAPackage("io.microstream.job.ends.."), type(BarHistory.class))
                .check(HOUSE);
    }

    @Test
    void settingsOfTheJobDependOnNoOtherRoom() {
        noClasses()
                .that()
                .resideInAPackage("io.microstream.job.config..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.microstream.job..")
                                .and(resideOutsideOfPackage("io.microstream.job.config..")))
                .check(HOUSE);
    }

    @Test
    void commandLineStandsOnRuntimeAndBothOnReports() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream.standalone..")
                .layer("cli")
                .definedBy("io.microstream.standalone.cli..")
                .layer("runtime")
                .definedBy("io.microstream.standalone.runtime..")
                .layer("report")
                .definedBy("io.microstream.standalone.report..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("report")
                .mayNotAccessAnyLayer()
                .check(HOUSE);
    }

    @Test
    void packagesDoNotImportEachOtherInACircle() {
        slices().matching("io.microstream.(**)")
                .should()
                .beFreeOfCycles()
                // Savepoints hold the name of ModelUpdate, so it stays where it is.
                .ignoreDependency(
                        resideInAPackage("io.microstream.job.scoring.."), type(ModelUpdate.class))
                // What the source emits and is configured by stands beside it, its parts use both.
                .ignoreDependency(
                        resideInAPackage("io.microstream.binance.source.*.."),
                        resideInAPackage("io.microstream.binance.source"))
                .check(HOUSE);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> silent =
                HOUSE.stream()
                        .map(JavaClass::getPackage)
                        .filter(each -> each.tryGetPackageInfo().isEmpty())
                        .map(JavaPackage::getName)
                        .filter(name -> !name.equals("io.microstream.models.protos"))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    @Test
    void versionsStandInTheParentPomAlone() throws Exception {
        Pattern version = Pattern.compile("<version>(?!\\$\\{|0\\.1\\.0-SNAPSHOT)|\\.version>");
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."))) {
            for (Path module : modules) {
                Path pom = module.resolve("pom.xml");
                if (Files.exists(pom)) {
                    assertThat(Files.readString(pom)).as("%s", pom).doesNotContainPattern(version);
                }
            }
        }
    }

    @Test
    void roomsHaveNamesOfTheirOwn() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..core..",
                        "..base..",
                        "..helper..",
                        "..manager..",
                        "..impl..")
                .check(HOUSE);
    }

    @Test
    void timeAndChanceAreArguments() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .check(HOUSE);
    }

    /** What depends on the locale, the character set or the time zone of the machine. */
    private static final Set<String> OF_THE_MACHINE =
            Set.of(
                    "java.lang.String.toLowerCase()",
                    "java.lang.String.toUpperCase()",
                    "java.lang.String.getBytes()",
                    "java.lang.String.<init>([B)",
                    "java.lang.String.<init>([B, int, int)",
                    "java.io.InputStreamReader.<init>(java.io.InputStream)",
                    "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
                    "java.io.PrintStream.<init>(java.io.OutputStream)",
                    "java.io.PrintWriter.<init>(java.io.OutputStream)",
                    "java.util.Scanner.<init>(java.io.InputStream)",
                    "java.nio.charset.Charset.defaultCharset()",
                    "java.text.NumberFormat.getInstance()",
                    "java.text.DecimalFormat.<init>(java.lang.String)",
                    "java.time.ZoneId.systemDefault()",
                    "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)");

    private static final Set<String> OF_ITS_LOCALE =
            Set.of(
                    "java.lang.String.formatted([Ljava.lang.Object;)",
                    "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
                    "java.util.Formatter.<init>(java.lang.Appendable)",
                    "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
                    "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)");

    @Test
    void nothingDependsOnTheMachinesLocaleCharacterSetOrTimeZone() {
        noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "depend on the machine",
                                access ->
                                        OF_THE_MACHINE.contains(access.getTarget().getFullName())))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.FileReader.class, java.io.FileWriter.class)
                .check(HOUSE);
    }

    /**
     * The command line and the programs of the benchmarks set the default locale at their start.
     */
    @Test
    void whatRunsInOtherProcessesFormatsWithALocale() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.microstream.standalone..")
                .should()
                .accessTargetWhere(
                        describe(
                                "use the default locale",
                                access -> OF_ITS_LOCALE.contains(access.getTarget().getFullName())))
                .check(HOUSE);
    }

    /**
     * The clocks themselves. All other classes are given one, as an object or as {@code
     * System::nanoTime}, and are tested with another.
     */
    private static final Set<String> CLOCKS =
            Set.of(
                    // The patience of commands with processes of a cluster.
                    "io.microstream.standalone.cluster.Deadline",
                    // The clock of the event loops of binance-source, from the start of the JVM.
                    "io.microstream.binance.transport.loop.ProcessClock",
                    // The clock of the replay exchange, which may run faster than time.
                    "io.microstream.binance.replay.exchange.server.ExchangeLoop",
                    // The clock and the pauses of the sinks' writers.
                    "io.microstream.job.sinks.jdbc.SystemWaiting",
                    // Measures how long a run takes, for its report alone.
                    "io.microstream.standalone.runtime.LocalRun");

    @Test
    void onlyClocksReadTheClockAndNothingElseSleeps() {
        noClasses()
                .that(describe("are no clocks", type -> !CLOCKS.contains(type.getFullName())))
                .should()
                .callMethodWhere(
                        target(nameMatching("nanoTime|sleep|park.*"))
                                .and(target(owner(belongToAnyOf(CLOCK_TYPES)))))
                .check(HOUSE);
    }

    @Test
    void everyClockIsStillThere() {
        assertThat(CLOCKS).allMatch(HOUSE::contain);
    }
}

package io.microstream.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the rooms of the house. Maven's scopes guard the modules, these rules the
 * packages.
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
                        "io.microstream.binance.archive..",
                        "io.microstream.binance.loop..",
                        "io.microstream.binance.rest..",
                        "io.microstream.binance.stream..",
                        "io.microstream.binance.feed..",
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
    void theFeedStandsOnRestAndStreamsAndTheSourceOnAll() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream.binance..")
                .layer("loop")
                .definedBy("io.microstream.binance.loop..")
                .layer("archive")
                .definedBy("io.microstream.binance.archive..")
                .layer("rest")
                .definedBy("io.microstream.binance.rest..")
                .layer("stream")
                .definedBy("io.microstream.binance.stream..")
                .layer("feed")
                .definedBy("io.microstream.binance.feed..")
                .layer("source")
                .definedBy("io.microstream.binance.source..")
                .whereLayer("loop")
                .mayNotAccessAnyLayer()
                .whereLayer("archive")
                .mayOnlyAccessLayers("stream")
                .whereLayer("rest")
                .mayOnlyAccessLayers("loop", "stream")
                .whereLayer("stream")
                .mayOnlyAccessLayers("loop")
                .whereLayer("feed")
                .mayOnlyAccessLayers("loop", "rest", "stream")
                .check(HOUSE);
    }

    @Test
    void roomsOfTheLiveApiPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream.live..")
                .layer("rows")
                .definedBy("io.microstream.live.rows..")
                .layer("rest")
                .definedBy("io.microstream.live.rest..")
                .layer("push")
                .definedBy("io.microstream.live.push..")
                .layer("cases")
                .definedBy("io.microstream.live.cases")
                .layer("labels")
                .definedBy("io.microstream.live.cases.labels..")
                .layer("web")
                .definedBy("io.microstream.live.web..")
                .whereLayer("rows")
                .mayNotAccessAnyLayer()
                .whereLayer("rest")
                .mayOnlyAccessLayers("rows")
                .whereLayer("push")
                .mayOnlyAccessLayers("rows", "rest")
                .whereLayer("cases")
                .mayOnlyAccessLayers("rows", "rest")
                .whereLayer("labels")
                .mayOnlyAccessLayers("rows", "rest", "cases")
                .whereLayer("web")
                .mayOnlyAccessLayers("rows", "rest")
                .check(HOUSE);
    }

    @Test
    void roomsOfTheExchangeDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.microstream.binance.replay.exchange..")
                .layer("server")
                .definedBy("io.microstream.binance.replay.exchange.server..")
                .layer("market")
                .definedBy("io.microstream.binance.replay.exchange.market..")
                .layer("session")
                .definedBy("io.microstream.binance.replay.exchange.session..")
                .layer("rest")
                .definedBy("io.microstream.binance.replay.exchange.rest..")
                .layer("faults")
                .definedBy("io.microstream.binance.replay.exchange.faults..")
                .layer("history")
                .definedBy("io.microstream.binance.replay.exchange.history..")
                .layer("book")
                .definedBy("io.microstream.binance.replay.exchange.book..")
                .layer("capture")
                .definedBy("io.microstream.binance.replay.exchange.capture..")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("market")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("session")
                .mayOnlyAccessLayers("faults")
                .whereLayer("rest")
                .mayOnlyAccessLayers("faults", "history", "book")
                .whereLayer("capture")
                .mayOnlyAccessLayers("book")
                .whereLayer("faults")
                .mayNotAccessAnyLayer()
                .whereLayer("history")
                .mayNotAccessAnyLayer()
                .whereLayer("book")
                .mayNotAccessAnyLayer()
                .check(HOUSE);
    }

    @Test
    void roomsOfSynthesizedMarketsHaveNoCycles() {
        slices().matching("io.microstream.binance.replay.(*)..")
                .should()
                .beFreeOfCycles()
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
    void stagesOfTheJobDoNotKnowEachOther() {
        slices().matching("io.microstream.job.(*)..").should().notDependOnEachOther().check(HOUSE);
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

    /**
     * The clocks themselves. All other classes are given one, as an object or as {@code
     * System::nanoTime}, and are tested with another.
     */
    private static final Set<String> CLOCKS =
            Set.of(
                    // The clock of the event loops of binance-source, from the start of the JVM.
                    "io.microstream.binance.rest.ProcessClock",
                    // The clock of the replay exchange, which may run faster than time.
                    "io.microstream.binance.replay.exchange.server.ExchangeLoop",
                    // The clock and the pauses of the sinks' writers.
                    "io.microstream.job.sinks.jdbc.SystemWaiting",
                    // Measures how long a run takes, for its report alone.
                    "io.microstream.standalone.LocalRun");

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

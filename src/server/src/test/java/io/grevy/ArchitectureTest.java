package io.grevy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "io.grevy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] JDK = {"java..", "org.jspecify.annotations.."};

    @ArchTest
    static final ArchRule theCoreKnowsTheJdkAndPicturesOnly = classes()
            .that()
            .resideInAPackage("io.grevy.inference")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JDK)
                    .or(resideInAnyPackage("io.grevy.inference"))
                    .or(com.tngtech.archunit.core.domain.JavaClass.Predicates.type(io.grevy.image.Picture.class)));

    @ArchTest
    static final ArchRule onlyTheEngineKnowsTheBinding = noClasses()
            .that(resideOutsideOfPackages("io.grevy.engine", "io.grevy.openvino"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grevy.openvino", "org.bytedeco..");

    @ArchTest
    static final ArchRule modelsKnowNeitherHttpNorTheEngineBehindThem = noClasses()
            .that()
            .resideInAPackage("io.grevy.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.grevy.openai..",
                    "io.grevy.anthropic",
                    "io.grevy.engine",
                    "io.grevy.observability",
                    "jakarta.ws.rs..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule theEngineKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("io.grevy.engine")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.grevy.openai..",
                    "io.grevy.anthropic",
                    "io.grevy.observability",
                    "jakarta.ws.rs..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule theHttpLayerKnowsNoEngine = noClasses()
            .that()
            .resideInAnyPackage("io.grevy.openai..", "io.grevy.anthropic")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grevy.engine", "io.grevy.openvino", "io.grevy.observability");

    @ArchTest
    static final ArchRule plainJavaStaysPlain = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.grevy.inference",
                    "io.grevy.image",
                    "io.grevy.repository",
                    "io.grevy.tools",
                    "io.grevy.hub",
                    "io.grevy.keys",
                    "io.grevy.export",
                    "io.grevy.openvino")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "jakarta.inject..",
                    "jakarta.enterprise..",
                    "jakarta.servlet..",
                    "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule onlyTheEngineKnowsFormsOfCalls = noClasses()
            .that(resideOutsideOfPackages("io.grevy.engine", "io.grevy.repository", "io.grevy.tools"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grevy.tools");

    @ArchTest
    static final ArchRule theServerExportsNothing = noClasses()
            .that(resideOutsideOfPackages("io.grevy.export"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grevy.export");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.grevy.(*)..").should().beFreeOfCycles();
}

package dev.hapax;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The directions that must never be (ARCHITECTURE.md). */
class ArchitectureTest {
    private static final String[] MODELS = {
        "dev.hapax.text..",
        "dev.hapax.attention..",
        "dev.hapax.unet..",
        "dev.hapax.vae..",
        "dev.hapax.schedule..",
        "dev.hapax.prior..",
        "dev.hapax.vision..",
        "dev.hapax.layout.."
    };

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hapax");

    @Test
    void onlyTensorSeesTheNatives() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hapax.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .because("the engine can be exchanged only behind one face")
                .check(CORE);
    }

    @Test
    void modelsDoNotKnowThatTheyAreTaught() {
        noClasses()
                .that()
                .resideInAnyPackage(MODELS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hapax.learning..", "dev.hapax.method..", "dev.hapax.diffusion..", "dev.hapax.lora..")
                .check(CORE);
    }

    @Test
    void schedulesAndNetworksDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.hapax.schedule..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hapax.unet..", "dev.hapax.text..")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("dev.hapax.unet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hapax.schedule..", "dev.hapax.text..")
                .check(CORE);
    }

    @Test
    void methodsDoNotKnowEachOther() {
        slices().matching("dev.hapax.method.(*)..")
                .should()
                .notDependOnEachOther()
                .because("what two methods share belongs to learning")
                .check(CORE);
    }

    @Test
    void learningAndSamplingDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.hapax.learning..", "dev.hapax.method..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hapax.diffusion..")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("dev.hapax.diffusion..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hapax.learning..", "dev.hapax.method..")
                .because("a learned word is usable without the training code")
                .check(CORE);
    }

    @Test
    void coreLeavesTheWorldAlone() {
        Set<String> forbidden = Set.of(
                "java.lang.System.exit",
                "java.lang.System.getenv",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.time.Instant.now",
                "java.time.LocalDateTime.now",
                "java.lang.Math.random",
                "java.util.UUID.randomUUID",
                "java.util.concurrent.ThreadLocalRandom.current");
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "reads environment, clock or unseeded randomness, or ends the process",
                        (JavaMethodCall call) ->
                                forbidden.contains(call.getTargetOwner().getName() + "." + call.getName())))
                .check(CORE);
        noClasses().should().accessField(System.class, "out").check(CORE);
        noClasses().should().accessField(System.class, "err").check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "javax.net..")
                .check(CORE);
    }

    @Test
    void nothingStaticCanChange() {
        fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.hapax.(**)").should().beFreeOfCycles().check(CORE);
    }
}

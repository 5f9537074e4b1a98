package dev.hapax.evaluation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class EvaluationArchitectureTest {
    private static final JavaClasses EVALUATION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hapax.evaluation");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hapax");

    @Test
    void coreAndPicturebookDoNotKnowThatTheyAreEvaluated() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hapax.evaluation..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hapax.evaluation..")
                .check(ALL);
    }

    @Test
    void statisticsKnowNumbersOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.hapax.evaluation.statistics..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio..", "dev.hapax.evaluation.grid..", "dev.hapax.evaluation.report..")
                .check(EVALUATION);
    }

    @Test
    void theGridDoesNotKnowWhatItComputes() {
        noClasses()
                .that()
                .resideInAPackage("dev.hapax.evaluation.grid..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hapax.tensor..",
                        "dev.hapax.measure..",
                        "dev.hapax.picturebook..",
                        "dev.hapax.evaluation.statistics..",
                        "dev.hapax.evaluation.report..")
                .because("the same grid runs on other machines, where only the work is opened")
                .check(EVALUATION);
    }

    @Test
    void nothingStaticCanChange() {
        fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(EVALUATION);
    }

    @Test
    void nobodyPrintsOrEndsTheProcess() {
        noClasses().should().accessField(System.class, "out").check(EVALUATION);
        noClasses().should().accessField(System.class, "err").check(EVALUATION);
        noClasses().should().callMethod(System.class, "exit", int.class).check(EVALUATION);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.hapax.evaluation.(**)").should().beFreeOfCycles().check(EVALUATION);
    }
}

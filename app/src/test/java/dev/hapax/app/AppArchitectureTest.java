package dev.hapax.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AppArchitectureTest {
    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hapax.app");

    @Test
    void theAppHoldsNoMathematics() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Tensor.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Linear.class.getPackageName(),
                        "dev.hapax.unet",
                        "dev.hapax.vae",
                        "dev.hapax.attention",
                        "org.bytedeco..")
                .because("what computes belongs to core, where it is tested against reference numbers")
                .check(APP);
    }

    @Test
    void noPackageCycles() {
        slices().matching("dev.hapax.app.(**)").should().beFreeOfCycles().check(APP);
    }
}

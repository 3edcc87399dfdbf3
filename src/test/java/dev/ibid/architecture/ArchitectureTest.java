package dev.ibid.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

    private static final JavaClasses house = House.classes();

    @Test
    void everyRoomStandsInThePlan() {
        assertThat(house).isNotEmpty().allMatch(House::isPlanned, "stands in the plan of House");
    }

    @Test
    void aRoomKnowsOnlyTheNeighboursThatThePlanDraws() {
        classes().should(knowOnlyPlannedNeighbours()).check(house);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching(House.ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), describe("who is asking", House::isIdentity))
                .check(house);
    }

    @Test
    void packagesLieOneLevelDeepAndAdaptersUnderTheirTechnology() {
        assertThat(house)
                .extracting(JavaClass::getPackageName)
                .allMatch(name -> name.matches("dev\\.ibid(\\.(?!store\\b)\\w+|\\.store\\.\\w+)?"));
    }

    @Test
    void everyPackageRefusesNullUnlessItSaysOtherwise() {
        assertThat(house)
                .extracting(JavaClass::getPackage)
                .allMatch(ArchitectureTest::isNullMarked, "has a package-info with @NullMarked");
    }

    @Test
    void namesSayWhatAThingIsAndNotWhatKindOfClassItIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Managers?|Helpers?|Dtos?|DTO)(\\$.*)?")
                .check(house);
    }

    @Test
    void onlyTheDoorAndTheRoutesOfARoomSpeakTheWebFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ibid.http")
                .and()
                .haveNameNotMatching(".*(Verticle|Routes)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.ext.web..")
                .check(house);
    }

    @Test
    void onlyThePostgresAdaptersSpeakToADatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackages(House.ROOT, "dev.ibid.store.postgres")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "com.zaxxer..")
                .check(house);
    }

    private static ArchCondition<JavaClass> knowOnlyPlannedNeighbours() {
        return new ArchCondition<>("know only planned neighbours") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(arrow -> House.isInside(arrow.getTargetClass()))
                        .filter(arrow -> !House.mayKnow(type, arrow.getTargetClass()))
                        .forEach(arrow ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                arrow, arrow.getDescription())));
            }
        };
    }

    private static boolean isNullMarked(JavaPackage room) {
        return room.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }
}

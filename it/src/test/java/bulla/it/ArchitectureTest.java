package bulla.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import bulla.commonops.authentication.Authenticated;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler cannot see. */
@AnalyzeClasses(packages = "bulla", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Guards the rules below against an import that finds nothing. */
  private static final int FEWEST_CLASSES = 250;

  private static final List<Class<? extends Annotation>> HTTP_METHODS =
      List.of(GET.class, POST.class, PUT.class, DELETE.class);

  @ArchTest
  static void theImportFoundTheClasses(JavaClasses classes) {
    assertThat(classes.size()).isGreaterThan(FEWEST_CLASSES);
  }

  @ArchTest
  static final ArchRule modulesHaveNoCycles =
      slices().matching("bulla.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfAModuleHaveNoCycles =
      slices().matching("bulla.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theLowerKnowsNothingOfTheHigher =
      com.tngtech.archunit.library.Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("rps")
          .definedBy("bulla.rps..")
          .layer("pim")
          .definedBy("bulla.pim..")
          .layer("identity")
          .definedBy("bulla.identity..")
          .layer("commonops")
          .definedBy("bulla.commonops..")
          .layer("audit")
          .definedBy("bulla.audit..")
          .layer("keyring")
          .definedBy("bulla.keyring..")
          .whereLayer("rps")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("pim")
          .mayOnlyBeAccessedByLayers("rps")
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("rps", "pim")
          .whereLayer("commonops")
          .mayOnlyBeAccessedByLayers("rps", "pim", "identity")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("rps", "pim", "identity", "commonops");

  @ArchTest
  static final ArchRule thePureModulesKnowNoServer =
      noClasses()
          .that()
          .resideInAnyPackage(
              "bulla.secrets..",
              "bulla.auditchain..",
              "bulla.protection..",
              "bulla.resilientpackage..",
              "bulla.protector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.eclipse..", "bulla.database..", "bulla.keyring..");

  @ArchTest
  static final ArchRule whatTheEarHoldsKnowsNoServerProductButStandardsAndItsOwnLibraries =
      classes()
          .that()
          .resideInAnyPackage("bulla..")
          .and()
          .resideOutsideOfPackages("bulla.launcher..", "bulla.protector..", "bulla.it..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              // Java
              "java..",
              "javax..",
              "org.w3c.dom..",
              "org.xml.sax..",
              // Jakarta EE and MicroProfile
              "jakarta..",
              "org.eclipse.microprofile..",
              // ear/lib
              "bulla..",
              "com.fasterxml.jackson..",
              "com.nimbusds..",
              "com.unboundid..",
              "io.github.bucket4j..",
              "io.prometheus..",
              "org.bouncycastle..",
              "org.flywaydb..",
              // While the build makes the documents
              "com.github.therapi..");

  /** Neither may a descriptor be for one product. */
  @Test
  void theEarHasNoDescriptorOfAServerProduct() throws IOException {
    var standard =
        Set.of(
            "application.xml",
            "beans.xml",
            "persistence.xml",
            "web.xml",
            "jakarta.enterprise.inject.spi.Extension");
    var found = new ArrayList<String>();
    for (String folder : List.of("ear", "modules")) {
      try (Stream<java.nio.file.Path> files =
          Files.walk(java.nio.file.Path.of(System.getProperty("bulla.home"), folder))) {
        files
            .filter(
                file ->
                    file.toString().matches(".*/src/main/.*/(META|WEB)-INF/([^/]*|services/.*)"))
            .filter(Files::isRegularFile)
            .map(file -> file.getFileName().toString())
            .forEach(found::add);
      }
    }
    assertThat(found).hasSizeGreaterThan(10).isSubsetOf(standard);
  }

  @ArchTest
  static final ArchRule entitiesStayInTheirPackage =
      classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

  @ArchTest
  static final ArchRule onlyJpaRepositoriesTouchTheEntityManager =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("Jpa")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class);

  /** A source may take a minute, and whoever changes a policy holds all others up. */
  @ArchTest
  static final ArchRule noTransactionReadsMemberSources =
      noClasses()
          .that()
          .areAnnotatedWith(Transactional.class)
          .should()
          .dependOnClassesThat()
          .areAssignableTo("bulla.pim.source.MemberSources");

  /**
   * The threads of the container read without a transaction, too; those that the server makes
   * itself, as for automatic roles, cannot.
   */
  @ArchTest
  static final ArchRule whatIsInNoTransactionHasNoRepository =
      noClasses()
          .that()
          .resideInAPackage("bulla.pim..")
          // It looks for each request whether policy management is initialised.
          .and()
          .doNotHaveSimpleName("InitializationState")
          // It is asked within the changes of others.
          .and()
          .doNotHaveSimpleName("RepositoryKey")
          .and()
          .haveSimpleNameNotStartingWith("Jpa")
          .and()
          .areNotAnnotatedWith(Transactional.class)
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Repository");

  @ArchTest
  static final ArchRule whatIsServedIsCalledAResource =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .should()
          .haveSimpleNameEndingWith("Resource")
          .orShould()
          .haveSimpleNameEndingWith("CommonOperations");

  @ArchTest
  static final ArchRule bouncyCastleStaysInItsPackages =
      noClasses()
          .that(
              are(
                  com.tngtech.archunit.base.DescribedPredicate.not(
                      resideInAnyPackage("bulla.keyring", "bulla.launcher.server"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(
              ".*(Util|Utils|Impl|Dto|DTO|Manager|Helper|Base)$|.*\\.(util|common|misc|impl|internal|dto)\\..*");

  @ArchTest
  static final ArchRule everyOperationSaysWhoMayCallItAndWhatItDoes =
      methods()
          .that(
              new com.tngtech.archunit.base.DescribedPredicate<JavaMethod>("serve a request") {
                @Override
                public boolean test(JavaMethod method) {
                  return HTTP_METHODS.stream().anyMatch(method::isAnnotatedWith);
                }
              })
          .should(
              new ArchCondition<JavaMethod>("say who may call them and carry @Operation") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  boolean says =
                      method.isAnnotatedWith(RolesAllowed.class)
                          || method.isAnnotatedWith(Authenticated.class)
                          || method.isAnnotatedWith(PermitAll.class);
                  events.add(
                      new SimpleConditionEvent(
                          method,
                          says && method.isAnnotatedWith(Operation.class),
                          method.getFullName()));
                }
              });
}

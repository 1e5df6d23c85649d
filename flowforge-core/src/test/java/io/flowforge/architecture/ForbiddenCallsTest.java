package io.flowforge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the code of core may not call, and where the one door to it is. */
final class ForbiddenCallsTest {
  private static final String TIME = "io.flowforge.internal.time..";

  @Test
  void the_clock_is_read_through_its_door() {
    outsideOfTime(
        "read the clock",
        target ->
            isCall(target, System.class, "nanoTime", "currentTimeMillis")
                || isIn(target, "java.time") && target.getName().equals("now")
                || isOwner(target, "java.time.Clock") && isClockOfTheSystem(target.getName())
                || isConstructor(target, "java.util.Date")
                || isOwner(target, "java.util.Calendar") && target.getName().equals("getInstance"));
  }

  @Test
  void threads_are_made_and_put_to_sleep_behind_their_door() {
    outsideOfTime(
        "make or delay threads",
        target ->
            isConstructor(target, "java.lang.Thread")
                || isCall(target, Thread.class, "sleep", "start", "ofVirtual", "startVirtualThread")
                || isCall(target, java.util.concurrent.TimeUnit.class, "sleep")
                || isOwner(target, "java.util.concurrent.Executors")
                || isConstructor(target, "java.util.concurrent.ThreadPoolExecutor")
                || isConstructor(target, "java.util.concurrent.ScheduledThreadPoolExecutor")
                || isOwner(target, "java.util.concurrent.ForkJoinPool")
                || isOwner(target, "java.util.Timer")
                || target.getName().startsWith("parallel") && isIn(target, "java.util"));
  }

  @Test
  void futures_run_on_a_named_executor_and_without_timers_of_their_own() {
    outsideOfTime(
        "use the common pool or the timer of futures",
        target ->
            isFuture(target)
                && (target.getName().endsWith("Async") && !takesExecutor(target)
                    || List.of("orTimeout", "completeOnTimeout", "delayedExecutor")
                        .contains(target.getName())));
  }

  @Test
  void randomness_comes_through_its_door() {
    outsideOfTime(
        "draw random numbers",
        target ->
            isCall(target, Math.class, "random")
                || isCall(target, StrictMath.class, "random")
                || isCall(target, java.util.UUID.class, "randomUUID")
                || isIn(target, "java.util.random")
                || isConstructor(target, "java.util.Random")
                || isConstructor(target, "java.util.SplittableRandom")
                || isConstructor(target, "java.security.SecureRandom")
                || isOwner(target, "java.util.concurrent.ThreadLocalRandom")
                || isCall(target, java.util.Collections.class, "shuffle")
                    && target.getRawParameterTypes().size() == 1);
  }

  @Test
  void caches_are_told_their_executor_and_their_clock() {
    // Caffeine else takes the common pool and System.nanoTime.
    noClasses()
        .that(callAny("newBuilder"))
        .should(callNone("executor"))
        .allowEmptyShould(true)
        .check(CoreClasses.all());
    noClasses()
        .that(callAny("expireAfterWrite", "expireAfterAccess", "expireAfter"))
        .should(callNone("ticker"))
        .allowEmptyShould(true)
        .check(CoreClasses.all());
  }

  @Test
  void nothing_is_printed() {
    noClasses().should(ACCESS_STANDARD_STREAMS).check(CoreClasses.all());
    never(
        "print a stack trace",
        target ->
            target.getName().equals("printStackTrace")
                && target.getOwner().isAssignableTo(Throwable.class));
  }

  @Test
  void data_never_names_a_class_to_load() {
    never(
        "load classes by name or read serialised objects",
        target ->
            isCall(target, Class.class, "forName")
                || isCall(target, ClassLoader.class, "loadClass")
                || isOwner(target, "java.io.ObjectInputStream")
                || isOwner(target, "java.beans.XMLDecoder")
                || isOwner(target, "javax.script.ScriptEngineManager"));
  }

  @Test
  void the_library_leaves_the_process_alone() {
    never(
        "end the process or start another",
        target ->
            isCall(target, System.class, "exit", "setProperty", "gc")
                || isCall(target, Runtime.class, "exec", "exit", "halt", "addShutdownHook")
                || isOwner(target, "java.lang.ProcessBuilder"));
  }

  @Test
  void patterns_of_flows_run_in_linear_time() {
    noClasses()
        .that()
        .resideInAPackage("io.flowforge.internal.expression..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.regex")
        .allowEmptyShould(true)
        .because("patterns come from flows, and only RE2/J is linear")
        .check(CoreClasses.all());
  }

  private static void outsideOfTime(String what, Predicate<CodeUnitAccessTarget> banned) {
    noClasses()
        .that()
        .resideOutsideOfPackage(TIME)
        .should(call(what, banned))
        .because("time, threads, identifiers and randomness are injected")
        .check(CoreClasses.all());
  }

  private static void never(String what, Predicate<CodeUnitAccessTarget> banned) {
    noClasses().should(call(what, banned)).check(CoreClasses.all());
  }

  private static ArchCondition<JavaClass> call(
      String what, Predicate<CodeUnitAccessTarget> banned) {
    // References such as Instant::now count as calls.
    return accessTargetWhere(
        describe(
            what,
            (JavaAccess<?> access) ->
                access.getTarget() instanceof CodeUnitAccessTarget target && banned.test(target)));
  }

  private static DescribedPredicate<JavaClass> callAny(String... names) {
    return describe("call Caffeine's " + List.of(names), type -> callsCaffeine(type, names));
  }

  private static ArchCondition<JavaClass> callNone(String name) {
    return ArchCondition.from(
        describe("not call Caffeine's " + name, type -> !callsCaffeine(type, name)));
  }

  private static boolean callsCaffeine(JavaClass type, String... names) {
    return type.getMethodCallsFromSelf().stream()
        .map(JavaAccess::getTarget)
        .anyMatch(
            target ->
                isOwner(target, "com.github.benmanes.caffeine.cache.Caffeine")
                    && List.of(names).contains(target.getName()));
  }

  private static boolean isClockOfTheSystem(String name) {
    return name.startsWith("system") || name.startsWith("tick");
  }

  private static boolean isFuture(CodeUnitAccessTarget target) {
    return target.getOwner().isAssignableTo(java.util.concurrent.CompletionStage.class);
  }

  private static boolean takesExecutor(CodeUnitAccessTarget target) {
    return target.getRawParameterTypes().stream()
        .anyMatch(type -> type.isAssignableTo(Executor.class));
  }

  private static boolean isCall(CodeUnitAccessTarget target, Class<?> owner, String... names) {
    return target.getOwner().isAssignableTo(owner) && List.of(names).contains(target.getName());
  }

  private static boolean isConstructor(CodeUnitAccessTarget target, String owner) {
    return isOwner(target, owner) && target.getName().equals("<init>");
  }

  private static boolean isOwner(CodeUnitAccessTarget target, String owner) {
    return target.getOwner().getName().equals(owner);
  }

  private static boolean isIn(CodeUnitAccessTarget target, String packageName) {
    return target.getOwner().getPackageName().equals(packageName);
  }
}

package io.flowforge.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test class inside a test. */
final class KitRun {
  private KitRun() {}

  /** Names of the methods that failed. */
  static Set<String> failedTests(Class<?> tests) {
    return failed(List.of(selectClass(tests))).keySet();
  }

  /** Those of some methods that failed. */
  static Set<String> failedTests(Class<?> tests, Set<String> methods) {
    return failed(methods.stream().map(method -> selectMethod(tests, method)).toList()).keySet();
  }

  /** What a method failed with. */
  static Optional<Throwable> failure(Class<?> tests, String method) {
    return Optional.ofNullable(failed(List.of(selectMethod(tests, method))).get(method));
  }

  private static Map<String, Throwable> failed(List<? extends DiscoverySelector> selectors) {
    Map<String, Throwable> failed = new TreeMap<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                  Throwable thrown = result.getThrowable().orElseThrow();
                  failed.put(test.getDisplayName().replace("()", ""), thrown);
                }
              }
            });
    return failed;
  }
}

package io.flowforge.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the methods of a test class an engine of their own, with time that skips, as parameters.
 *
 * <pre>{@code
 * @FlowForgeTest
 * class ReminderTest {
 *   @Test
 *   void reminds_after_three_days(FlowForge forge, ManualTime time, MockNodes mocks) {
 *     mocks.node("mail").returns(Map.of("sent", true));
 *     assertThat(forge.start(flow, Map.of()).await(Duration.ofSeconds(5))).isCompleted();
 *     assertThat(time.now()).isEqualTo(ManualTime.START.plus(Duration.ofDays(3)));
 *   }
 * }
 * }</pre>
 *
 * <p>For an engine with options of one's own, register a {@link FlowForgeExtension} instead.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FlowForgeExtension.class)
public @interface FlowForgeTest {
  /**
   * Whether time jumps to the next timer while a test waits for an execution and nothing runs.
   *
   * @return false when the test moves the time itself
   */
  boolean skipTime() default true;
}

package io.flowforge.internal.binding;

import io.flowforge.internal.text.Shown;
import io.flowforge.spi.Action;
import io.flowforge.spi.Trigger;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds actions and triggers with {@link ServiceLoader}: those that the thread's context class
 * loader sees, then those that core's own does. What fails to load is kept aside with its reason.
 * For one use.
 */
final class Plugins {
  private static final int LONGEST_REASON = 200;

  /** A loader that fails again and again, such as one over a broken disk, is left alone. */
  private static final int MOST_FAILURES = 1000;

  private static final Pattern NAMED = Pattern.compile(": (?:Provider )?(\\S+) (?:not|could)");

  private final List<Object> found = new ArrayList<>();
  private final List<BrokenPlugin> broken = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** Looks for plugins of both kinds. */
  static Plugins discover(@Nullable ClassLoader context) {
    Plugins plugins = new Plugins();
    List<ClassLoader> loaders = new ArrayList<>();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(Plugins.class.getClassLoader());
    for (ClassLoader loader : loaders) {
      plugins.look(ServiceLoader.load(Action.class, loader));
      plugins.look(ServiceLoader.load(Trigger.class, loader));
    }
    return plugins;
  }

  /** Actions and triggers, each class once, in the order in which they were found. */
  List<Object> found() {
    return found;
  }

  List<BrokenPlugin> broken() {
    return broken;
  }

  private <T> void look(ServiceLoader<T> loader) {
    Iterator<ServiceLoader.Provider<T>> providers = loader.stream().iterator();
    for (int failures = 0; failures < MOST_FAILURES; ) {
      ServiceLoader.Provider<T> provider;
      try {
        if (!providers.hasNext()) {
          return;
        }
        provider = providers.next();
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        unreadable(e);
        continue;
      }
      load(provider);
    }
  }

  private <T> void load(ServiceLoader.Provider<T> provider) {
    String name = provider.type().getName();
    if (!seen.add(name)) {
      return;
    }
    try {
      found.add(provider.get());
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      broken.add(new BrokenPlugin(name, null, reason(e)));
    }
  }

  private void unreadable(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher named = NAMED.matcher(text);
    String name = named.find() ? named.group(1) : "with an unknown name";
    if (seen.add(name + text)) {
      broken.add(new BrokenPlugin(name, null, reason(failure)));
    }
  }

  /** What went wrong, by the innermost cause that says something. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    String missing = cause instanceof NoClassDefFoundError ? "class missing: " : "";
    return missing + Shown.escaped(text, LONGEST_REASON);
  }

  /** Where a class comes from: its module, or its jar or folder. */
  static String location(Class<?> type) {
    Module module = type.getModule();
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String place =
        source == null || source.getLocation() == null ? "" : source.getLocation().toString();
    if (module.isNamed()) {
      return "module " + module.getName() + (place.isEmpty() ? "" : ", " + place);
    }
    return place.isEmpty() ? "place unknown" : place;
  }
}

package io.flowforge.internal.binding;

import io.flowforge.FlowForgeException;
import io.flowforge.execution.Blob;
import io.flowforge.execution.Secret;
import io.flowforge.internal.text.Pointer;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one plain copy of a value, counting its size on the way so that nothing endless is followed
 * to its end. For one use.
 */
final class Normaliser {
  private static final int FEW = 8;

  private final long limit;
  private long spent;

  /** The lists and maps around the value at hand, and the key or index under which each is left. */
  private Object[] around = new Object[FEW];

  private @Nullable Object[] steps = new Object[FEW];
  private int depth;

  /** The weight of the value converted last. */
  private long weight;

  Normaliser(long limit) {
    this.limit = limit;
  }

  @Nullable Object normalise(@Nullable Object value) {
    try {
      return convert(value);
    } catch (FlowForgeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Refusals.unreadable(place(), e);
    }
  }

  private @Nullable Object convert(@Nullable Object value) {
    long known = Weight.shallow(value, Weight.MAX_DEPTH - depth);
    if (value == null || known >= 0) {
      return accept(value, known);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Blob blob) {
      return map(blob.toValue());
    }
    if (value instanceof Record && !(value instanceof Collection)) {
      return members(value);
    }
    Object scalar = Scalars.plain(value, this::place);
    if (scalar != null) {
      return accept(scalar, weighScalar(scalar));
    }
    if (Scalars.isHolder(value)) {
      return held(value);
    }
    return value instanceof Secret ? refuseSecret() : structure(value);
  }

  private @Nullable Object accept(@Nullable Object value, long known) {
    spend(Weight.size(known));
    weight = known;
    return value;
  }

  private long weighScalar(Object scalar) {
    long known = Weight.of(scalar, 0);
    if (known < 0) {
      throw Refusals.scalar(place(), scalar);
    }
    return known;
  }

  private Object refuseSecret() {
    throw Refusals.secret(place());
  }

  /** What an {@code Optional} or {@code AtomicReference} holds, which may be another, or itself. */
  private @Nullable Object held(Object holder) {
    enter(holder);
    Object inner = convert(Scalars.held(holder));
    depth--;
    return inner;
  }

  private Object structure(Object value) {
    if (value instanceof byte[] || value instanceof ByteBuffer) {
      return bytes(value instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) value);
    }
    if (value instanceof Iterable<?> elements) {
      return list(value, elements.iterator());
    }
    if (value instanceof BaseStream<?, ?> stream) {
      return stream(stream);
    }
    if (value instanceof Iterator<?> elements) {
      return list(value, elements);
    }
    if (value.getClass().isArray()) {
      return array(value);
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return object(value, Shape.ENTRY, new Object[] {entry.getKey(), entry.getValue()});
    }
    return members(value);
  }

  private PlainMap members(Object value) {
    Shape shape = Shape.of(value.getClass());
    if (shape == null) {
      throw Refusals.foreign(place(), value.getClass());
    }
    return object(value, shape.keys(), shape.read(value));
  }

  private Object bytes(ByteBuffer bytes) {
    if (bytes.remaining() > limit) {
      throw Refusals.tooLarge(limit); // before there is a second copy of it
    }
    ByteBuffer text = Base64.getEncoder().encode(bytes.duplicate());
    return text(StandardCharsets.ISO_8859_1.decode(text).toString());
  }

  private Object text(String text) {
    weight = Weight.text(text);
    spend(Weight.size(weight));
    return text;
  }

  private PlainMap map(Map<?, ?> map) {
    enter(map);
    long before = spent;
    long deepest = 0;
    List<String> keys = new ArrayList<>(FEW);
    List<@Nullable Object> values = new ArrayList<>(FEW);
    spend(2);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      steps[depth - 1] = null;
      String key = key(entry.getKey());
      steps[depth - 1] = key;
      spend(Weight.size(Weight.text(key)) + Weight.MAP_ENTRY);
      keys.add(key);
      values.add(convert(entry.getValue()));
      deepest = Math.max(deepest, Weight.depth(weight));
    }
    String[] names = distinct(keys);
    leave(before, deepest);
    return PlainMap.weighed(names, values.toArray(), weight);
  }

  private String key(@Nullable Object key) {
    String text = key instanceof String name ? name : Scalars.key(key);
    if (text == null) {
      throw Refusals.key(place(), key);
    }
    if (Weight.text(text) < 0) {
      throw Refusals.scalar(place(), text);
    }
    return text;
  }

  private String[] distinct(List<String> keys) {
    steps[depth - 1] = null;
    boolean few = keys.size() <= FEW;
    Set<String> seen = few ? Set.of() : new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      if (few ? keys.indexOf(key) < i : !seen.add(key)) {
        throw Refusals.duplicateKey(place(), key);
      }
    }
    return keys.toArray(new String[0]);
  }

  private PlainMap object(Object value, PlainKeys keys, @Nullable Object[] parts) {
    enter(value);
    long before = spent;
    long deepest = 0;
    spend(2 + keys.weight()); // names of members are never odd text
    for (int i = 0; i < parts.length; i++) {
      steps[depth - 1] = keys.name(i);
      parts[i] = convert(parts[i]);
      deepest = Math.max(deepest, Weight.depth(weight));
    }
    leave(before, deepest);
    return PlainMap.weighed(keys, parts, weight);
  }

  private PlainList list(Object value, Iterator<?> elements) {
    Elements target = new Elements(value);
    while (elements.hasNext()) {
      target.add(elements.next());
    }
    return target.end();
  }

  /** By {@code forEach}, since the iterator of a stream may first gather what has no end. */
  private PlainList stream(BaseStream<?, ?> stream) {
    try (stream) {
      Elements target = new Elements(stream);
      objects(stream.sequential()).forEachOrdered(target::add);
      return target.end();
    }
  }

  private static Stream<?> objects(BaseStream<?, ?> stream) {
    if (stream instanceof IntStream numbers) {
      return numbers.boxed();
    }
    if (stream instanceof LongStream numbers) {
      return numbers.boxed();
    }
    return stream instanceof DoubleStream numbers ? numbers.boxed() : (Stream<?>) stream;
  }

  private PlainList array(Object array) {
    Elements target = new Elements(array);
    for (int i = 0, length = Array.getLength(array); i < length; i++) {
      target.add(Array.get(array, i));
    }
    return target.end();
  }

  private void enter(Object value) {
    if (depth == Weight.MAX_DEPTH) {
      throw Refusals.tooDeep(place());
    }
    for (int i = 0; i < depth; i++) {
      if (around[i] == value) {
        throw Refusals.cyclic(place());
      }
    }
    if (depth == around.length) {
      around = Arrays.copyOf(around, Weight.MAX_DEPTH);
      steps = Arrays.copyOf(steps, Weight.MAX_DEPTH);
    }
    around[depth] = value;
    steps[depth] = null;
    depth++;
  }

  private void leave(long before, long deepest) {
    depth--;
    weight = Weight.around(spent - before, deepest);
  }

  private void spend(long bytes) {
    spent += bytes;
    if (spent > limit) {
      throw Refusals.tooLarge(limit);
    }
  }

  private String place() {
    String pointer = "";
    for (int i = 0; i < depth; i++) {
      Object step = steps[i];
      pointer = step == null ? pointer : Pointer.join(pointer, step.toString());
    }
    return pointer;
  }

  /** Collects the elements of a list. */
  private final class Elements {
    private final List<@Nullable Object> elements = new ArrayList<>(FEW);
    private final long before = spent;
    private long deepest;

    Elements(Object value) {
      enter(value);
      spend(2);
    }

    void add(@Nullable Object element) {
      steps[depth - 1] = elements.size();
      spend(Weight.LIST_ENTRY);
      elements.add(convert(element));
      deepest = Math.max(deepest, Weight.depth(weight));
    }

    PlainList end() {
      leave(before, deepest);
      return PlainList.weighed(elements.toArray(), weight);
    }
  }
}

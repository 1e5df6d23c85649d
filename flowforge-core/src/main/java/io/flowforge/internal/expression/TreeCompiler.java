package io.flowforge.internal.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of one expression into code: resolves names to slots, checks functions, folds what
 * is constant. Problems are collected, so that all unknown names are told at once.
 */
final class TreeCompiler {

  private final String text;
  private final String source;
  private final Problems problems;
  private final NameCompiler names;
  private int compiled;
  private boolean changing;

  TreeCompiler(String text, String source, Names names, Problems problems) {
    this.text = text;
    this.source = source;
    this.problems = problems;
    this.names = new NameCompiler(names, new NameCompiler.Text(text, source), problems, this::code);
  }

  Unit unit(Tree tree, int bound) {
    Code code = code(tree);
    Place place = new Place(text, tree.at());
    if (!changing && names.references().isEmpty()) {
      code = Folding.fold(code, bound);
    }
    return new Unit(code, source, List.copyOf(names.references()), bound, place);
  }

  private Code code(Tree tree) {
    compiled++;
    if (tree instanceof Tree.Literal literal) {
      return new Code.Constant(literal.value());
    }
    if (tree instanceof Tree.Named named) {
      return names.read(named, List.of()).code();
    }
    if (tree instanceof Tree.Bound bound) {
      return new Reads.Bound(bound.slot());
    }
    if (tree instanceof Tree.Path path) {
      return path(path);
    }
    if (tree instanceof Tree.Call call) {
      return call(call);
    }
    return operation(tree);
  }

  private Code operation(Tree tree) {
    if (tree instanceof Tree.Unary unary) {
      Code operand = code(unary.operand());
      Place place = place(unary.at());
      Code code =
          unary.operator().equals("!")
              ? new Operations.Not(operand, place)
              : new Operations.Negative(operand, place);
      return Folding.fold(code, List.of(operand));
    }
    if (tree instanceof Tree.Chain chain) {
      return chain(chain);
    }
    if (tree instanceof Tree.Logic logic) {
      List<Code> operands = all(logic.operands());
      Code code = new Operations.Logic(logic.operator(), operands, place(logic.at()));
      return Folding.fold(code, operands);
    }
    if (tree instanceof Tree.Choice choice) {
      return choice(choice);
    }
    if (tree instanceof Tree.ListOf list) {
      List<Code> elements = all(list.elements());
      return Folding.fold(new Containers.ListOf(elements), elements);
    }
    if (tree instanceof Tree.MapOf map) {
      List<Code> keys = all(map.entries().stream().map(Tree.Entry::key).toList());
      List<Code> values = all(map.entries().stream().map(Tree.Entry::value).toList());
      Code code = new Containers.MapOf(keys, values, place(map.at()));
      List<Code> parts = new ArrayList<>(keys);
      parts.addAll(values);
      return Folding.fold(code, parts);
    }
    throw new IllegalStateException("no code for " + tree.getClass());
  }

  private List<Code> all(List<Tree> trees) {
    return trees.stream().map(this::code).toList();
  }

  private Code chain(Tree.Chain chain) {
    Code first = code(chain.first());
    List<Operations.Link> links = new ArrayList<>();
    for (Tree.Link link : chain.links()) {
      Code operand = code(link.operand());
      links.add(new Operations.Link(Operator.of(link.operator()), operand, place(link.at())));
    }
    Operations.Link link = links.get(0);
    Code code =
        links.size() == 1
            ? new Operations.Binary(link.operator(), first, link.operand(), link.place())
            : new Operations.Chain(first, links);
    List<Code> operands = new ArrayList<>(List.of(first));
    links.forEach(each -> operands.add(each.operand()));
    return Folding.fold(code, operands);
  }

  private Code choice(Tree.Choice choice) {
    List<Code> conditions = new ArrayList<>();
    List<Code> values = new ArrayList<>();
    for (Tree.Case branch : choice.cases()) {
      conditions.add(code(branch.condition()));
      values.add(code(branch.value()));
    }
    return new Operations.Choice(conditions, values, code(choice.otherwise()), place(choice.at()));
  }

  private Code path(Tree.Path path) {
    if (!(path.base() instanceof Tree.Named named)) {
      return steps(code(path.base()), path.steps());
    }
    NameCompiler.Read read = names.read(named, path.steps());
    return steps(read.code(), path.steps().subList(read.taken(), path.steps().size()));
  }

  private Code steps(Code base, List<Tree.Step> steps) {
    if (steps.isEmpty()) {
      return base;
    }
    if (steps.stream().allMatch(Tree.Step.Member.class::isInstance)) {
      List<String> members = steps.stream().map(step -> ((Tree.Step.Member) step).name()).toList();
      return Folding.fold(new Paths.Members(base, members), List.of(base));
    }
    List<Paths.Segment> segments = new ArrayList<>();
    for (Tree.Step step : steps) {
      Paths.Segment segment = segment(step);
      if (segment != null) {
        segments.add(segment);
      }
    }
    return new Paths.Segments(base, segments);
  }

  private Paths.@Nullable Segment segment(Tree.Step step) {
    if (step instanceof Tree.Step.Member member) {
      return new Paths.Member(member.name());
    }
    if (step instanceof Tree.Step.Index index) {
      return new Paths.Element(code(index.index()));
    }
    if (step instanceof Tree.Step.Macro macro) {
      int before = compiled;
      Code body = code(macro.body());
      int weight = 1 + (compiled - before) / 16;
      return new Macro(macro.kind(), macro.slot(), body, weight, place(macro.at()));
    }
    return method((Tree.Step.Method) step);
  }

  private Paths.@Nullable Segment method(Tree.Step.Method method) {
    Function function = function(method.function(), method.arguments().size() + 1, method.at());
    List<Code> arguments = all(method.arguments());
    if (function == null) {
      return null;
    }
    if (function.kind() == Function.Kind.FALLBACK) {
      return new Calls.FallbackMethod(arguments.get(0));
    }
    Place place = place(method.at());
    return new Calls.Method(function, withPattern(function, arguments, 0, place), place);
  }

  private Code call(Tree.Call call) {
    Function function = function(call.function(), call.arguments().size(), call.at());
    List<Code> arguments = all(call.arguments());
    if (function == null) {
      return new Code.Constant(null);
    }
    if (function.kind() == Function.Kind.FALLBACK) {
      return new Calls.Fallback(arguments.get(0), arguments.get(1));
    }
    Place place = place(call.at());
    Code code = new Calls.Call(function, withPattern(function, arguments, 1, place), place);
    return function.kind() == Function.Kind.CHANGING ? code : Folding.fold(code, arguments);
  }

  private @Nullable Function function(String name, int arguments, int at) {
    Function function = Catalog.find(name);
    if (function == null) {
      unknown(name, place(at));
      return null;
    }
    changing |= function.kind() == Function.Kind.CHANGING;
    String refusal = function.refusal(arguments);
    if (refusal != null) {
      problems.add(place(at), ExpressionCode.FUNCTION, refusal);
      return null;
    }
    return function;
  }

  private void unknown(String name, Place place) {
    String shown = Described.text(name);
    boolean macro = MacroKind.of(name) != null;
    String hint = macro ? " It is written list." + shown + "(x, …)." : Catalog.hint(name);
    problems.add(place, ExpressionCode.FUNCTION, "unknown function \"" + shown + "\"", hint);
  }

  /** Compiles a regular expression that is written out once and not at each call. */
  private List<Code> withPattern(Function function, List<Code> arguments, int index, Place place) {
    if (function.kind() != Function.Kind.PATTERN
        || !(arguments.get(index) instanceof Code.Constant constant)
        || !(constant.known() instanceof String pattern)) {
      return arguments;
    }
    List<Code> prepared = new ArrayList<>(arguments);
    try {
      prepared.set(index, new Code.Constant(TextPattern.of(pattern)));
    } catch (ExpressionException failure) {
      problems.add(failure.placed(place));
    }
    return prepared;
  }

  private Place place(int at) {
    return new Place(text, at);
  }
}

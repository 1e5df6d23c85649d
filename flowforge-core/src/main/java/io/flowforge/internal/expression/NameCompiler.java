package io.flowforge.internal.expression;

import io.flowforge.internal.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves names to slots, and keeps what was read for {@code explain}. */
final class NameCompiler {

  /** Names that people try in order to reach the process; only said more clearly than unknown. */
  private static final Set<String> OUTSIDE =
      Set.of("env", "process", "system", "java", "secrets", "os", "jvm", "global", "globalThis");

  private static final Code NOTHING = new Code.Constant(null);

  private final Names names;
  private final Text text;
  private final Problems problems;
  private final java.util.function.Function<Tree, Code> compiler;
  private final List<Reference> references = new ArrayList<>();

  NameCompiler(
      Names names, Text text, Problems problems, java.util.function.Function<Tree, Code> compiler) {
    this.names = names;
    this.text = text;
    this.problems = problems;
    this.compiler = compiler;
  }

  /** The text that places point into, and the expression inside it. */
  record Text(String whole, String source) {}

  /** Code for a name, and how many segments behind it the code has used up. */
  record Read(Code code, int taken) {}

  List<Reference> references() {
    return references;
  }

  Read read(Tree.Named named, List<Tree.Step> steps) {
    if (named.name().equals("nodes")) {
      return nodes(named, steps);
    }
    Name name = names.root(named.name());
    if (name instanceof Name.Unknown) {
      name = names.node(named.name());
    }
    if (name instanceof Name.Root root) {
      refer(Reference.Kind.ROOT, named.name(), root.slot(), path(steps));
      return new Read(new Reads.Root(root.slot()), 0);
    }
    if (name instanceof Name.Vault vault) {
      return vault(vault, named, steps);
    }
    if (name instanceof Name.Node node) {
      return node(node, named.name(), steps, named.at());
    }
    return refused(name, named);
  }

  private Read refused(Name name, Tree.Named named) {
    String shown = "\"" + Described.text(named.name()) + "\" ";
    if (name instanceof Name.OutOfReach away) {
      return problem(named.at(), ExpressionCode.REFERENCE, shown + away.reason());
    }
    if (name instanceof Name.Forbidden forbidden) {
      return problem(named.at(), ExpressionCode.FORBIDDEN, shown + forbidden.reason());
    }
    if (OUTSIDE.contains(named.name())) {
      String message = shown + "is out of reach: expressions see the flow's own data only";
      return problem(named.at(), ExpressionCode.FORBIDDEN, message);
    }
    return unknown(named);
  }

  private Read unknown(Tree.Named named) {
    if (Catalog.find(named.name()) != null) {
      String message = "unknown name \"" + named.name() + "\"";
      return problem(named.at(), message, " The function is written " + named.name() + "(…).");
    }
    // What looks like a subtraction may be an id with dashes that is misspelt.
    Optional<String> dashed = NearestName.of(named.run(), names.suggestions());
    boolean isDashed = dashed.isPresent() && dashed.get().indexOf('-') > 0;
    String word = isDashed ? named.run() : named.name();
    String message = "unknown name \"" + Described.text(word) + "\"";
    return problem(named.at(), message, NearestName.hint(word, names.suggestions()));
  }

  private Read nodes(Tree.Named named, List<Tree.Step> steps) {
    Tree.Step first = steps.isEmpty() ? null : steps.get(0);
    String id = first == null ? null : key(first);
    if (id != null) {
      return nodeById(id, steps);
    }
    if (first instanceof Tree.Step.Index index) {
      Code code = new Reads.AnyNode(names, compiler.apply(index.index()));
      refer(Reference.Kind.ANY_NODE, "", -1, path(steps.subList(1, steps.size())));
      return new Read(code, 1);
    }
    String message = "\"nodes\" is followed by the id of a node: nodes['id']";
    return problem(named.at(), ExpressionCode.REFERENCE, message);
  }

  private Read nodeById(String id, List<Tree.Step> steps) {
    int at = steps.get(0).at();
    Name name = names.node(id);
    if (name instanceof Name.Node node) {
      Read read = node(node, id, steps.subList(1, steps.size()), at);
      return new Read(read.code(), read.taken() + 1);
    }
    String shown = "\"" + Described.text(id) + "\"";
    if (name instanceof Name.OutOfReach away) {
      problem(at, shown + " " + away.reason(), "");
    } else {
      problem(at, "unknown node " + shown, NearestName.hint(id, names.suggestions()));
    }
    return new Read(NOTHING, 1);
  }

  private Read node(Name.Node node, String id, List<Tree.Step> steps, int at) {
    refer(Reference.Kind.NODE, id, node.slot(), path(steps));
    String word = steps.isEmpty() ? null : key(steps.get(0));
    if (word == null) {
      return new Read(new Reads.Node(node.slot()), 0);
    }
    NodeField field = NodeField.of(word);
    if (field == null) {
      return noField(id, word, at);
    }
    Code code =
        field == NodeField.OUTPUT
            ? new Reads.Output(node.slot())
            : new Reads.Field(node.slot(), field);
    return new Read(code, 1);
  }

  private Read noField(String id, String word, int at) {
    String meant = NearestName.of(word, NodeField.words()).orElse("output." + word);
    String message = "\"" + Described.text(id) + "\" has no \"" + Described.text(word) + "\"";
    String hint =
        " A node has output, status, error and attempts. Did you mean \""
            + Described.text(id + "." + meant)
            + "\"?";
    return problem(at, message, hint);
  }

  private Read vault(Name.Vault vault, Tree.Named named, List<Tree.Step> steps) {
    String entry = steps.isEmpty() || steps.size() > 2 ? null : key(steps.get(0));
    if (entry != null && steps.size() == 2) {
      String part = key(steps.get(1));
      entry = part == null ? null : entry + "." + part;
    }
    if (entry == null) {
      String name = Described.text(named.name());
      String message =
          "nothing can look into \"" + name + "\"; pass on one entry as it is: " + name + ".x";
      return problem(named.at(), ExpressionCode.FORBIDDEN, message);
    }
    refer(Reference.Kind.VAULT, named.name(), vault.slot(), entry);
    return new Read(new Reads.Entry(vault.slot(), entry), steps.size());
  }

  private Read problem(int at, String message, String hint) {
    problems.add(new Place(text.whole(), at), ExpressionCode.REFERENCE, message, hint);
    return new Read(NOTHING, 0);
  }

  private Read problem(int at, ExpressionCode code, String message) {
    problems.add(new Place(text.whole(), at), code, message);
    return new Read(NOTHING, 0);
  }

  private void refer(Reference.Kind kind, String name, int slot, String path) {
    references.add(new Reference("", text.source(), kind, name, slot, path));
  }

  /** The key of a segment that is known beforehand. */
  private static @Nullable String key(Tree.Step step) {
    if (step instanceof Tree.Step.Member member) {
      return member.name();
    }
    boolean literal =
        step instanceof Tree.Step.Index index
            && index.index() instanceof Tree.Literal value
            && value.value() instanceof String;
    return literal
        ? String.valueOf(((Tree.Literal) ((Tree.Step.Index) step).index()).value())
        : null;
  }

  /** The beginning of a path that is known beforehand, as text. */
  private static String path(List<Tree.Step> steps) {
    StringBuilder path = new StringBuilder();
    for (Tree.Step step : steps) {
      String key = key(step);
      if (key != null) {
        append(path, key);
      } else if (step instanceof Tree.Step.Index index
          && index.index() instanceof Tree.Literal literal
          && literal.value() instanceof Integer position) {
        path.append('[').append(position).append(']');
      } else {
        break;
      }
    }
    return path.toString();
  }

  private static void append(StringBuilder path, String key) {
    boolean plain = !key.isEmpty() && key.chars().allMatch(c -> Lexer.isWord((char) c));
    if (plain) {
      path.append(path.isEmpty() ? "" : ".").append(key);
    } else {
      path.append("['").append(key.replace("\\", "\\\\").replace("'", "\\'")).append("']");
    }
  }
}

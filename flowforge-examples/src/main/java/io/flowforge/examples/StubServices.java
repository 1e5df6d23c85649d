package io.flowforge.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowforge.execution.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Services that answer on this machine, so that the examples need no network. */
public final class StubServices implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Function<Object, Reply>> routes = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** What a service answers. */
  public record Reply(int status, Object body) {
    /** A good answer. */
    public static Reply ok(Object body) {
      return new Reply(200, body);
    }
  }

  private StubServices(HttpServer server) {
    this.server = server;
  }

  /** Begins to listen on a free port of the loopback address. */
  public static StubServices start() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    StubServices services = new StubServices(HttpServer.create(free, 0));
    services.server.createContext("/", services::answer);
    services.server.start();
    return services;
  }

  /** Answers a path; the function gets the parsed body of the request, or null. */
  public StubServices on(String path, Function<Object, Reply> answer) {
    routes.put(path, answer);
    return this;
  }

  /** The base of all addresses. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Methods and paths of all calls so far, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    calls.add(exchange.getRequestMethod() + " " + path);
    byte[] sent = exchange.getRequestBody().readAllBytes();
    Object body = sent.length == 0 ? null : Json.parse(sent);
    Function<Object, Reply> route = routes.get(path);
    Reply reply = route == null ? new Reply(404, Map.of("error", path)) : route.apply(body);
    byte[] json = Json.write(reply.body()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

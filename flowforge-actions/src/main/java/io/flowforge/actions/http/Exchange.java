package io.flowforge.actions.http;

import io.flowforge.actions.internal.Shown;
import io.flowforge.execution.Secret;
import io.flowforge.spi.ActionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * One call with its redirects.
 *
 * <p>Each redirect starts over: its URL is read and checked like the first. What is personal stays
 * with the first origin, https never becomes http, and 303 (for POST also 301 and 302) becomes a
 * GET without body (RFC 9110, 15.4).
 */
final class Exchange {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final CloseableHttpClient client;
  private final AddressGuard guard;
  private final HttpCall call;
  private String method;
  private Target target;
  private List<HttpCall.Field> headers;
  private byte @Nullable [] body;

  Exchange(CloseableHttpClient client, AddressGuard guard, HttpCall call) {
    this.client = client;
    this.guard = guard;
    this.call = call;
    this.method = call.method();
    this.target = call.target();
    this.headers = call.headers();
    this.body = call.body();
  }

  HttpReply run(ScheduledExecutorService timer) throws InterruptedException {
    if (timer.isShutdown()) {
      throw Failures.closed(call);
    }
    try (Deadline deadline = Deadline.start(timer, call.timeout())) {
      try {
        return follow();
      } catch (IOException | HttpException e) {
        if (deadline.expired()) {
          throw Failures.timeout(call);
        }
        if (Thread.interrupted()) {
          throw new InterruptedException("call was interrupted");
        }
        throw Failures.of(call, e);
      }
    }
  }

  private HttpReply follow() throws IOException, HttpException {
    for (int hop = 0; ; hop++) {
      guard.check(target);
      checkSecrets();
      HttpReply reply = once();
      String location = reply.header("location").orElse("");
      boolean redirect = REDIRECTS.contains(reply.status()) && !location.isEmpty();
      if (!redirect || call.redirects() == 0) {
        return reply;
      }
      if (hop == call.redirects()) {
        throw redirect("redirected more than " + call.redirects() + " times");
      }
      turn(next(location), reply.status());
    }
  }

  private HttpReply once() throws IOException, HttpException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, target.uri());
    request.setHeader("Accept-Encoding", "gzip");
    for (HttpCall.Field header : headers) {
      request.addHeader(header.name(), header.value());
    }
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    HttpHost host = new HttpHost(target.scheme(), bare(target.host()), target.port());
    try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
      boolean complete = false;
      try {
        HttpReply reply = read(response);
        complete = true;
        return reply;
      } finally {
        if (!complete) {
          // Otherwise closing would read what is left, which may be endless.
          request.abort();
        }
      }
    }
  }

  private HttpReply read(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      values
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue() == null ? "" : header.getValue());
    }
    HttpEntity entity = response.getEntity();
    String reason = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
    byte[] bytes = new BodyReader(call).read(entity);
    return new HttpReply(target.shown(), response.getCode(), reason, values, bytes);
  }

  private Target next(String location) {
    String url = location;
    if (!location.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      try {
        url = target.uri().resolve(location).toString();
      } catch (IllegalArgumentException e) {
        throw redirect("redirected to " + Shown.value(location) + ", which is not a URL");
      }
    }
    Target next = Target.of(url);
    if (target.scheme().equals("https") && next.scheme().equals("http")) {
      throw redirect("redirected from https to http, which would give the answer away");
    }
    return next;
  }

  private void turn(Target next, int status) {
    boolean toGet = status == 303 ? !method.equals("HEAD") : status < 303 && method.equals("POST");
    if (toGet) {
      method = "GET";
      body = null;
      keepHeaders(header -> !header.is("content-type") && !header.is("idempotency-key"));
    }
    if (!next.sameOrigin(target)) {
      checkTravel(next);
      keepHeaders(Fields::mayTravel);
    }
    target = next;
  }

  private void keepHeaders(Predicate<HttpCall.Field> rule) {
    headers = headers.stream().filter(rule).toList();
  }

  /** A secret in the body cannot be taken out; one bound to a host must not go elsewhere. */
  private void checkTravel(Target next) {
    boolean inBody = body != null && !call.bodySecrets().isEmpty();
    for (Secret secret : call.secrets()) {
      if (inBody || !secret.allows(bare(next.host()))) {
        throw credential(next);
      }
    }
  }

  private void checkSecrets() {
    if (!target.sameOrigin(call.target())) {
      return;
    }
    for (Secret secret : call.secrets()) {
      if (!secret.allows(bare(target.host()))) {
        throw credential(target);
      }
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static ActionException credential(Target target) {
    return ActionException.permanent(
        "FF-CRED-HOST",
        "A credential of this call may not be sent to host "
            + Shown.plain(target.host())
            + ". Bind it to that host, or call the host it is bound to.");
  }

  private ActionException redirect(String what) {
    return ActionException.permanent("FF-HTTP-REDIRECT", call + " was " + what + '.');
  }
}

package io.flowforge.actions.http;

import io.flowforge.actions.internal.Threads;
import io.flowforge.spi.ActionContext;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client for everything that calls out on behalf of a flow.
 *
 * <p>It reads URLs strictly, resolves each host once per connection, refuses unless every address
 * is allowed by the {@link HttpPolicy}, and connects to exactly what was checked; TLS verifies the
 * name. Redirects are followed only when asked for and start over. Proxies of the environment,
 * cookies, caches and automatic retries are off. Sizes and total time are limited.
 *
 * <p>Thread-safe; connections are shared. {@link #send} blocks its thread and ends at an interrupt.
 * No thread outlives {@link #close} for longer than two seconds.
 */
public final class GuardedHttpClient implements AutoCloseable {
  static final int MAX_HEADERS = 200;
  static final int MAX_LINE = 16_384;

  private static final int MAX_CONNECTIONS = 512;
  private static final int MAX_LOOK_UPS = 64;

  private final AddressGuard guard;
  private final ThreadPoolExecutor workers = Threads.workers("flowforge-dns", MAX_LOOK_UPS);
  private final ScheduledExecutorService timer = Threads.timer("flowforge-http-timer");
  private final CloseableHttpClient client;

  private GuardedHttpClient(HttpPolicy policy) {
    guard = new AddressGuard(policy);
    client = client(connections(policy));
  }

  /**
   * A client under a policy.
   *
   * @param policy where calls may go
   * @return the client
   */
  public static GuardedHttpClient create(HttpPolicy policy) {
    return new GuardedHttpClient(Objects.requireNonNull(policy, "policy"));
  }

  /**
   * The policy of the host application.
   *
   * @param context a node run
   * @return the policy it offers, else the default
   */
  public static HttpPolicy policy(ActionContext context) {
    HttpPolicy policy = context.service(HttpPolicy.class);
    return policy == null ? Defaults.POLICY : policy;
  }

  /**
   * Makes a call and reads the whole answer, whatever its status.
   *
   * @param call what to send where
   * @return the answer
   * @throws io.flowforge.spi.ActionException {@code FF-HTTP-BLOCKED}, {@code -URL}, {@code
   *     -CONNECT}, {@code -TLS}, {@code -TIMEOUT}, {@code -SIZE}, {@code -BODY}, {@code -PROTOCOL},
   *     {@code -REDIRECT}, {@code FF-CRED-HOST}
   * @throws InterruptedException when the thread is interrupted; the connection is then closed
   */
  public HttpReply send(HttpCall call) throws InterruptedException {
    return new Exchange(client, guard, call).run(timer);
  }

  /** Closes all connections; calls under way fail. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    timer.shutdownNow();
    workers.shutdownNow();
  }

  private static CloseableHttpClient client(PoolingHttpClientConnectionManager connections) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        // Named, so that neither system properties nor a proxy selector decide.
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .setResponseTimeout(Timeout.DISABLED)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("FlowForge")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  private PoolingHttpClientConnectionManager connections(HttpPolicy policy) {
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            operator(policy),
            PoolConcurrencyPolicy.LAX,
            PoolReusePolicy.LIFO,
            TimeValue.ofSeconds(60),
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_LINE)
                        .build())
                .build());
    connections.setDefaultMaxPerRoute(MAX_CONNECTIONS);
    connections.setMaxTotal(MAX_CONNECTIONS);
    connections.setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build());
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(policy.connectTimeout()))
            .setSocketTimeout(Timeout.DISABLED)
            .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
            .setTimeToLive(TimeValue.ofSeconds(60))
            .build());
    return connections;
  }

  /** Channels, because a thread blocked in one can be interrupted. */
  private HttpClientConnectionOperator operator(HttpPolicy policy) {
    TlsSocketStrategy tls =
        policy.sslContext() == null
            ? DefaultClientTlsStrategy.createDefault()
            : new DefaultClientTlsStrategy(policy.sslContext());
    return new DefaultHttpClientConnectionOperator(
        proxy -> SocketChannel.open().socket(),
        DefaultSchemePortResolver.INSTANCE,
        new GuardedDnsResolver(policy, workers),
        RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
  }

  /** Made when first needed, once for all who bring no policy. */
  private static final class Defaults {
    static final HttpPolicy POLICY = HttpPolicy.create();
  }
}

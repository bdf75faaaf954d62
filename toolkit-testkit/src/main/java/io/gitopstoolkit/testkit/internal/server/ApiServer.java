package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Authentication;
import io.gitopstoolkit.testkit.internal.access.Authorizer;
import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.access.Rbac;
import io.gitopstoolkit.testkit.internal.admission.Admissions;
import io.gitopstoolkit.testkit.internal.admission.Refusal;
import io.gitopstoolkit.testkit.internal.http.HttpExchange;
import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import io.gitopstoolkit.testkit.internal.http.HttpResponse;
import io.gitopstoolkit.testkit.internal.http.HttpServer;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Schemas;
import io.gitopstoolkit.testkit.internal.table.Tables;
import io.gitopstoolkit.testkit.internal.web.Effect;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The API itself: takes each request to where it is answered. Safe between threads; writes happen one at a time. */
public final class ApiServer implements HttpServer.Handler, AutoCloseable {
    private static final List<String> FIRST_NAMESPACES =
            List.of("default", "kube-node-lease", "kube-public", "kube-system");
    private static final Pattern HEALTH = Pattern.compile("/(healthz|livez|readyz)(/.*)?");
    private static final String JSON = "application/json";
    private static final String AGGREGATED = JSON + ";g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /** So often webhooks are called for one request whose object others keep changing. */
    private static final int MOST_ROUNDS = 20;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final RequestLog log = new RequestLog();
    private final ContainerLogs containerLogs = new ContainerLogs();
    private final Faults faults = new Faults();
    private final OpenWatches openWatches = new OpenWatches();
    private final Authentication authentication;
    private final Authorizer authorizer;
    private final Gate gate;
    private final Reviews reviews;
    private final AccountTokens tokens;
    private final Store store = new Store();
    private final Registry registry;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final Router router;
    private final Aftermath aftermath;
    private final Reads reads;
    private final StoredConfigurations configurations;
    private final Admissions admissions;
    private final Writes writes;
    private final Deletes deletes;
    private final Scales scales;
    private final Watches watches;
    private final Representation.Forms forms;
    private final HttpServer http;

    /**
     * What an instance is started with.
     *
     * @param rbac whether the stored roles decide who may do what
     * @param tls null for plain HTTP
     */
    public record Options(
            Clock clock, boolean rbac, @Nullable SSLContext tls) {}

    private ApiServer(Options options) {
        var times = new Times(options.clock());
        this.authentication = new Authentication(options.rbac() ? Caller.ANONYMOUS : Caller.ADMIN);
        this.registry = new Registry(new Schemas());
        this.discovery = new Discovery(registry);
        this.openApi = new OpenApi(registry);
        this.router = new Router(registry);
        this.reads = new Reads(store);
        this.aftermath = new Aftermath(store, registry, times);
        this.configurations = new StoredConfigurations(store, registry);
        this.admissions = new Admissions(configurations);
        var hooks = new Hooks(store, registry, admissions);
        this.writes = new Writes(store, new Admission(store, registry, admissions), aftermath, times, hooks);
        this.deletes = new Deletes(store, reads, aftermath, hooks);
        this.scales = new Scales(reads, writes, registry.schemas(), times);
        this.authorizer = new Authorizer(options.rbac() ? new Rbac(this::listRoles) : null);
        this.gate = new Gate(authentication, authorizer);
        this.reviews = new Reviews(authentication, authorizer, times);
        this.tokens = new AccountTokens(authentication, times);
        createFirstNamespaces(times);
        if (options.rbac()) {
            FirstRoles.create(registry, store, times);
        }
        this.forms = new Representation.Forms(new Tables(), times);
        this.http = HttpServer.start(this, options.tls());
        this.watches = new Watches(store, http.threads(), forms);
    }

    /** Starts an API that holds what a new cluster holds. */
    public static ApiServer start(Options options) {
        return new ApiServer(options);
    }

    /** Where it listens. */
    public String url() {
        return http.url();
    }

    /** The requests so far. */
    public RequestLog log() {
        return log;
    }

    private List<Map<String, Object>> listRoles(String resource, String namespace) {
        return store.list(registry.builtIn("rbac.authorization.k8s.io", "v1", resource), namespace);
    }

    /** Whose tokens are taken. */
    public Authentication authentication() {
        return authentication;
    }

    /** Who may do what. */
    public Authorizer authorizer() {
        return authorizer;
    }

    /** The watches that are open now. */
    public OpenWatches openWatches() {
        return openWatches;
    }

    /** What containers have written. */
    public ContainerLogs containerLogs() {
        return containerLogs;
    }

    /** Failures on request. */
    public Faults faults() {
        return faults;
    }

    /** Says where the webhooks of a service are: {@code https://host:port}. */
    public void routeService(String namespace, String name, URI address) {
        configurations.route(namespace, name, address);
    }

    /** Forgets past changes, so that watches from an older version end with 410. */
    public void compact() {
        store.compact();
    }

    /** Leaves undone what controllers do in a cluster: collecting what has no owner, emptying namespaces. */
    public void pauseControllers() {
        aftermath.pauseControllers();
    }

    private void createFirstNamespaces(Times times) {
        Resource namespaces = registry.builtIn("", "v1", "namespaces");
        for (String name : FIRST_NAMESPACES) {
            Map<String, Object> namespace = ObjectForm.of(namespaces, Tree.of("metadata", Tree.of("name", name)));
            Strategy.prepareForCreate(namespaces, namespace, times.now());
            store.put(namespaces, namespace);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        Call call = gate.record(request);
        log.add(call);
        exchange.whenAnswered(call::answered);
        Effect fault = faults.of(call);
        if (fault != null && !FaultPlayer.play(fault, exchange)) {
            return;
        }
        try {
            gate.check(request, call);
            answer(exchange, call);
        } catch (ApiException e) {
            respond(exchange, e);
        } catch (Refusal e) {
            respond(exchange, ApiException.of(e));
        }
    }

    private void answer(HttpExchange exchange, Call call) throws IOException {
        HttpRequest request = exchange.request();
        String path = request.path();
        if (HEALTH.matcher(path).matches()) {
            exchange.respond(new HttpResponse(200, "text/plain; charset=utf-8", "ok"));
            return;
        }
        String written = containerLogs.find(request);
        if (written != null) {
            exchange.respond(new HttpResponse(200, "text/plain", written));
            return;
        }
        boolean aggregated = request.header("accept").contains("as=APIGroupDiscoveryList")
                && request.header("accept").contains("v=v2;");
        if (path.startsWith("/openapi/")) {
            exchange.respond(openApi.answer(request));
            return;
        }
        Map<String, Object> document = discovery.document(path, aggregated);
        if (document != null) {
            String type = aggregated && document.containsKey("items") ? AGGREGATED : JSON;
            exchange.respond(new HttpResponse(200, type, Json.print(document)));
            return;
        }
        ApiRequest found = router.find(request);
        if (found == null) {
            exchange.respond(new HttpResponse(404, "text/plain; charset=utf-8", "404 page not found\n"));
        } else if (router.isWatch(found)) {
            watch(found, exchange, call);
        } else {
            answer(found, exchange, call);
        }
    }

    private void watch(ApiRequest request, HttpExchange exchange, Call call) throws IOException {
        exchange.wrapStream(stream -> openWatches.opened(call, stream));
        try {
            watches.watch(request, exchange);
        } finally {
            openWatches.closed(call);
        }
    }

    private void answer(ApiRequest request, HttpExchange exchange, Call call) throws IOException {
        Representation representation = Representation.of(request, forms);
        Writes.Answer answer = hear(request, call);
        Map<String, Object> object = representation.show(answer.object());
        var response = new HttpResponse(answer.code(), JSON, Json.print(object));
        var warnings = new ArrayList<>(Deprecations.of(request.resource()));
        warnings.addAll(answer.warnings());
        warnings.addAll(request.hearing().warnings());
        exchange.respond(Deprecations.warned(response, warnings));
    }

    /** Answers the request, and calls the webhooks that want to hear of it when nobody waits for the lock. */
    private Writes.Answer hear(ApiRequest request, Call call) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            try {
                return locked(request, call);
            } catch (PendingRound pending) {
                pending.hold(admissions);
            }
        }
        throw ApiException.modified(request.resource(), request.name());
    }

    private Writes.Answer locked(ApiRequest request, Call call) {
        lock.lock();
        try {
            request.hearing().begin(call.caller());
            return Reviews.isReview(request.resource()) ? reviews.answer(request, call) : dispatch(request);
        } catch (ApiException e) {
            var warnings = new ArrayList<>(Deprecations.of(request.resource()));
            warnings.addAll(e.warnings());
            throw e.warning(warnings);
        } finally {
            lock.unlock();
        }
    }

    private Writes.Answer dispatch(ApiRequest request) {
        if (request.subresource().equals("scale")) {
            return request.http().method().equals("GET") ? ok(scales.get(request)) : scales.write(request);
        }
        if (request.subresource().equals("token")) {
            return tokens.issue(request, reads.get(request));
        }
        boolean one = !request.name().isEmpty();
        return switch (request.http().method()) {
            case "GET", "HEAD" -> ok(one ? reads.get(request) : reads.list(request));
            case "POST" -> writes.create(request);
            case "PUT" -> writes.update(request);
            case "PATCH" -> request.contentType().equals(Patches.APPLY) ? writes.apply(request) : writes.patch(request);
            case "DELETE" -> one ? deletes.delete(request) : ok(deletes.deleteCollection(request));
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private static Writes.Answer ok(Map<String, Object> object) {
        return new Writes.Answer(200, object, List.of());
    }

    private static void respond(HttpExchange exchange, ApiException refusal) throws IOException {
        var response = new HttpResponse(refusal.code(), JSON, Json.print(refusal.status()));
        exchange.respond(Deprecations.warned(response, refusal.warnings()));
    }

    /** Stops to serve. Can be called again. */
    @Override
    public void close() {
        http.close();
    }
}

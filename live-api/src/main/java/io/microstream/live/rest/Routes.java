package io.microstream.live.rest;

import io.micrometer.core.instrument.Timer;
import io.microstream.live.rows.BadValueException;
import io.microstream.live.rows.DatabaseAwayException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts handlers on the operations of the {@link Contract}; every operation needs one, and no path
 * outside the contract gets one, except by {@link #router()} for what is not REST.
 */
public final class Routes {

    /** Serves one operation; called on a worker thread, may block. */
    @FunctionalInterface
    public interface Blocking {
        /** Returns the response, or throws a {@link ProblemException}. */
        ApiResponse answer(ApiRequest request) throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private static final long MOST_UNREAD = 64L << 20;

    private final Router router;
    private final Contract contract;
    private final ServerContext server;
    private final UnreadBytes unread = new UnreadBytes(MOST_UNREAD);
    private final Set<String> mounted = new HashSet<>();

    public Routes(Router router, Contract contract, ServerContext server) {
        this.router = router;
        this.contract = contract;
        this.server = server;
        router.route().failureHandler(this::failed);
    }

    /** Returns the router, for WebSockets; its requests have passed the access checks. */
    public Router router() {
        return router;
    }

    /** Returns the contract whose operations are served. */
    public Contract contract() {
        return contract;
    }

    /**
     * Serves an operation of the contract on a worker thread.
     *
     * @throws IllegalArgumentException if the contract has none of this id
     */
    public void operation(String id, Blocking answering) {
        Contract.Operation operation =
                contract.operations().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "Not in the contract: operationId="
                                                        + id
                                                        + ". Add it to openapi.yaml"));
        mounted.add(id);
        for (HttpMethod method : methods(operation)) {
            if (operation.hasBody()) {
                router.route(method, operation.routerPath()).handler(this::refuseOtherMedia);
            }
            Route route = router.route(method, operation.routerPath());
            if (operation.hasBody()) {
                route.handler(BodyHandler.create(false).setBodyLimit(server.limits().bodyBytes()));
            }
            route.handler(context -> answer(context, operation, answering));
        }
    }

    private static List<HttpMethod> methods(Contract.Operation operation) {
        HttpMethod method = HttpMethod.valueOf(operation.method());
        return method == HttpMethod.GET ? List.of(method, HttpMethod.HEAD) : List.of(method);
    }

    private void refuseOtherMedia(RoutingContext context) {
        String type = context.parsedHeaders().contentType().value();
        if (!"application/json".equalsIgnoreCase(type.split(";", 2)[0].strip())) {
            throw new ProblemException(
                    Problem.unsupportedMedia(
                            "Body of another media type: content-type="
                                    + OneLine.of(type)
                                    + ". Send application/json"));
        }
        context.next();
    }

    private void answer(RoutingContext context, Contract.Operation operation, Blocking answering) {
        Timer.Sample begun = Timer.start(server.meters());
        context.addEndHandler(
                done ->
                        begun.stop(
                                Timer.builder("microstream.api.requests")
                                        .description("Time from a request to the end of its answer")
                                        .tag("operation", operation.id())
                                        .tag(
                                                "status",
                                                String.valueOf(context.response().getStatusCode()))
                                        .publishPercentiles(0.5, 0.99)
                                        .register(server.meters())));
        ApiRequest request = ApiRequest.of(operation, context);
        server.workers()
                .call(() -> tagged(answering.answer(request)))
                .onSuccess(response -> send(context, response))
                .onFailure(context::fail);
    }

    /** Adds the entity tag, on the worker thread: the event loop should not hash large bodies. */
    private static ApiResponse tagged(ApiResponse response) {
        return response.status() == 200
                ? response.with("ETag", ResponseWriter.etag(response.body()))
                : response;
    }

    private void send(RoutingContext context, ApiResponse response) {
        try {
            ResponseWriter.send(context, response, unread);
        } catch (ProblemException e) {
            context.fail(e);
        }
    }

    /** Mounts the refusals of everything else; call it after all operations. */
    public void finish() {
        List<String> missing = new ArrayList<>();
        contract.operations().forEach(operation -> missing.add(operation.id()));
        missing.removeAll(mounted);
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "In the contract but not answered: operationIds=" + missing);
        }
        contract.operations().stream()
                .map(Contract.Operation::path)
                .distinct()
                .forEach(this::refuseOtherMethods);
        router.route()
                .handler(
                        context -> {
                            throw new ProblemException(
                                    Problem.unknownPath(
                                            "Nothing here: path="
                                                    + OneLine.of(context.request().path())
                                                    + ". See /api/v1/openapi.json"));
                        });
    }

    private void refuseOtherMethods(String path) {
        List<Contract.Operation> here =
                contract.operations().stream().filter(each -> each.path().equals(path)).toList();
        String allowed =
                here.stream()
                        .flatMap(operation -> methods(operation).stream())
                        .map(HttpMethod::name)
                        .collect(Collectors.joining(", "));
        router.route(here.get(0).routerPath())
                .handler(
                        context -> {
                            context.response().putHeader("Allow", allowed);
                            throw new ProblemException(
                                    Problem.methodNotAllowed(
                                            "Method not allowed: method="
                                                    + context.request().method()
                                                    + " path="
                                                    + OneLine.of(context.request().path())
                                                    + ". Use "
                                                    + allowed));
                        });
    }

    private void failed(RoutingContext context) {
        Problem problem = problemOf(context);
        if (problem.status() == 500) {
            LOG.error(
                    "Request failed: method={} path={}",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        ResponseWriter.problem(context, problem);
    }

    private Problem problemOf(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof DatabaseAwayException away) {
            return Problem.databaseAway(away.getMessage());
        }
        if (failure instanceof BadValueException value) {
            return Problem.badRequest(value.getMessage());
        }
        int status =
                failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
        return switch (status) {
            case 400 ->
                    Problem.badRequest(
                            "Request not readable: check its percent-encoding and headers");
            case 413 ->
                    Problem.tooLarge(
                            "Body too large: limitBytes="
                                    + server.limits().bodyBytes()
                                    + ". Send less");
            default ->
                    Problem.internal(
                            "A fault of the server, logged there: path="
                                    + OneLine.of(context.request().path())
                                    + ". Report it");
        };
    }
}

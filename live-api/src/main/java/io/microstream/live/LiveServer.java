package io.microstream.live;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.microstream.live.cases.CaseRoutes;
import io.microstream.live.cases.CaseTrades;
import io.microstream.live.cases.labels.LabelRoutes;
import io.microstream.live.push.PushConfig;
import io.microstream.live.push.PushRoutes;
import io.microstream.live.rest.HealthRoutes;
import io.microstream.live.rest.Mount;
import io.microstream.live.rest.RowRoutes;
import io.microstream.live.rest.ServerContext;
import io.microstream.live.rest.ServiceRoutes;
import io.microstream.live.rest.StateRoutes;
import io.microstream.live.rest.Workers;
import io.microstream.live.rows.DatabasePool;
import io.microstream.live.rows.RunState;
import io.microstream.live.web.Site;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live API and page over the results in a database. It writes nothing but labels; the database
 * may be away at the start and go away later: requests are then answered 503, and as before once it
 * is back.
 */
public final class LiveServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);

    private static final CaseTrades NO_TRADES =
            CaseTrades.none(
                    "this server knows no exchange to ask."
                            + " Make the case by ./microstream case with --exchange or --agg-trades");

    private final ServerContext context;
    private final List<Mount> mounts;
    private final URI uri;

    private LiveServer(ServerContext context, List<Mount> mounts, URI uri) {
        this.context = context;
        this.mounts = mounts;
        this.uri = uri;
    }

    /** Returns all parts that serve requests. */
    private static List<Mount> mounts(CaseTrades trades, RunState.Source runs) {
        return List.of(
                new RowRoutes(),
                new StateRoutes(),
                new HealthRoutes(runs),
                new ServiceRoutes(),
                new CaseRoutes(trades),
                new LabelRoutes(),
                new PushRoutes(PushConfig.defaults()));
    }

    /**
     * Starts the server; the database may become available later.
     *
     * @throws IllegalArgumentException if the host is not loopback and there is no token
     * @throws RuntimeException if the address cannot be bound
     */
    public static LiveServer start(ApiConfig config) {
        return start(config, Clock.systemUTC());
    }

    /** Starts the server with a source of trades for case files. */
    public static LiveServer start(ApiConfig config, CaseTrades trades) {
        return start(config, trades, RunState.Source.NONE, Clock.systemUTC());
    }

    /** Starts the server with another clock. */
    public static LiveServer start(ApiConfig config, Clock clock) {
        return start(config, NO_TRADES, RunState.Source.NONE, clock);
    }

    /**
     * Starts the server with a source of trades for case files, with what is known of the runs that
     * write the results, and with a clock.
     */
    public static LiveServer start(
            ApiConfig config, CaseTrades trades, RunState.Source runs, Clock clock) {
        Site.requireTokenBeyondLoopback(config.host(), config.token());
        ServerContext context = context(config, clock);
        List<Mount> mounts = mounts(trades, runs);
        try {
            HttpServer server =
                    context.vertx()
                            .createHttpServer(Site.options(config.host(), config.port()))
                            .invalidRequestHandler(Site::refuseUnreadable)
                            .requestHandler(
                                    Site.router(
                                            context.vertx(),
                                            config.host(),
                                            config.token(),
                                            context,
                                            mounts))
                            .listen()
                            .await();
            URI uri = address(config.host(), server.actualPort());
            LOG.info("Live server listens: uri={} config={}", uri, config);
            return new LiveServer(context, mounts, uri);
        } catch (RuntimeException e) {
            new LiveServer(context, mounts, null).close();
            throw e;
        }
    }

    private static ServerContext context(ApiConfig config, Clock clock) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
        return new ServerContext(
                vertx,
                DatabasePool.open(
                        config.database(),
                        config.limits().connections(),
                        config.limits().statementTimeout(),
                        meters),
                new Workers(
                        vertx, config.limits().connections(), config.limits().waiting(), meters),
                meters,
                clock,
                config.limits());
    }

    private static URI address(String host, int port) {
        String shown = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        return URI.create(
                "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port);
    }

    /** Returns the address of the page. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        mounts.forEach(Mount::close);
        context.vertx().close().await();
        context.workers().close();
        context.database().close();
        context.meters().close();
    }
}

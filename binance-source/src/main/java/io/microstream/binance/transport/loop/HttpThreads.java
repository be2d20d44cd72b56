package io.microstream.binance.transport.loop;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * An HttpClient and the threads it works with, which end on demand: its selector and a few for
 * opening connections.
 *
 * <p>The JDK's client of version 17 cannot be closed; its selector thread lives until the client is
 * collected. So the client is made on a thread of a group of its own, where its selector thread is
 * born too, and an interrupt, which ends the selector's loop, reaches it there.
 *
 * <p>The client's work runs on the selector thread itself, unless the settings say otherwise: the
 * streams' listeners return at once. That saves two changes of threads per read, and spares us a
 * race of the JDK: where a message is handled on another thread while an end without a close frame
 * is read, the end goes unnoticed. Only {@link #execute} has threads, for the resolution of names.
 */
public final class HttpThreads {

    private static final int MOST_THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final BiFunction<HttpClient.Builder, Executor, HttpClient.Builder> settings;
    private final ThreadGroup group;
    private final ThreadPoolExecutor pool;
    private HttpClient client;
    private volatile Thread selector;

    /**
     * @param name of the threads
     * @param settings what the client is to be besides HTTP/1.1 on its selector thread; it is
     *     handed the other threads
     */
    @SuppressWarnings("removal")
    public HttpThreads(
            String name, BiFunction<HttpClient.Builder, Executor, HttpClient.Builder> settings) {
        this.settings = settings;
        group = new ThreadGroup(name);
        group.setDaemon(true);
        AtomicInteger count = new AtomicInteger();
        pool =
                new ThreadPoolExecutor(
                        MOST_THREADS,
                        MOST_THREADS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            String numbered = name + "-" + count.incrementAndGet();
                            Thread thread = new Thread(group, task, numbered);
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs a task that may block; nothing happens after {@link #end}. */
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** The client, made at the first call. Only within {@link #execute}. */
    public synchronized HttpClient client() {
        if (client == null) {
            client =
                    settings.apply(
                                    HttpClient.newBuilder()
                                            .version(HttpClient.Version.HTTP_1_1)
                                            .executor(Runnable::run),
                                    pool)
                            .build();
            selector = selectorOf(group);
        }
        return client;
    }

    private static Thread selectorOf(ThreadGroup group) {
        Thread[] threads = new Thread[4 * MOST_THREADS];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().contains("SelectorManager")) {
                return threads[i];
            }
        }
        throw new IllegalStateException(
                "No selector thread of the HttpClient found: group=" + group.getName() + ".");
    }

    /** False once the selector has ended, by {@link #end} or by an error of the JDK. */
    public boolean isUsable() {
        Thread thread = selector;
        return thread == null ? !pool.isShutdown() : thread.isAlive();
    }

    /** Ends all threads; connections that are still open are dead afterwards. */
    public synchronized void end() {
        pool.shutdownNow();
        if (selector != null) {
            selector.interrupt();
        }
        client = null;
    }
}

package io.microstream.binance.stream;

import java.net.http.HttpClient;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An HttpClient and the threads it works with, which end on demand: its executor and its selector.
 *
 * <p>The JDK's client of version 17 cannot be closed; its selector thread lives until the client is
 * collected. So the client is made on a thread of a group of its own, where its selector thread is
 * born too, and an interrupt, which ends the selector's loop, reaches it there.
 */
public final class HttpThreads {

    private static final int MOST_THREADS = 8;
    private static final int IDLE_SECONDS = 10;

    private final UnaryOperator<HttpClient.Builder> settings;
    private final ThreadGroup group;
    private final ThreadPoolExecutor executor;
    private HttpClient client;
    private Thread selector;

    /**
     * @param name of the threads
     * @param settings what the client is to be besides HTTP/1.1 on these threads
     */
    @SuppressWarnings("removal")
    public HttpThreads(String name, UnaryOperator<HttpClient.Builder> settings) {
        this.settings = settings;
        group = new ThreadGroup(name);
        group.setDaemon(true);
        AtomicInteger count = new AtomicInteger();
        executor =
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
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs a task that may block on one of the threads; nothing happens after {@link #end}. */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** The client, made at the first call. Only within {@link #execute}. */
    public synchronized HttpClient client() {
        if (client == null) {
            client =
                    settings.apply(
                                    HttpClient.newBuilder()
                                            .version(HttpClient.Version.HTTP_1_1)
                                            .executor(executor))
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
    public synchronized boolean isUsable() {
        return selector == null ? !executor.isShutdown() : selector.isAlive();
    }

    /** Ends all threads; connections that are still open are dead afterwards. */
    public synchronized void end() {
        executor.shutdownNow();
        if (selector != null) {
            selector.interrupt();
        }
        client = null;
    }
}

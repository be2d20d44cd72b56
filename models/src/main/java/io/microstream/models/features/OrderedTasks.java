package io.microstream.models.features;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Runs independent pieces of work on a fixed number of threads and returns results in the order of
 * the pieces, so that what is built from them is the same at any number of threads.
 */
public final class OrderedTasks {

    private OrderedTasks() {}

    /**
     * Computes {@code piece(0) … piece(count − 1)}; with one thread, in the caller's.
     *
     * @throws IllegalStateException if the caller is interrupted while it waits
     */
    public static <R> List<R> run(int threads, int count, IntFunction<R> piece) {
        List<R> results = new ArrayList<>(count);
        if (threads <= 1 || count <= 1) {
            for (int i = 0; i < count; i++) {
                results.add(piece.apply(i));
            }
            return results;
        }
        List<Callable<R>> calls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int index = i;
            calls.add(() -> piece.apply(index));
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count));
        try {
            for (Future<R> future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Training interrupted: pieces=" + count, e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
            return cause;
        }
        return new IllegalStateException("Training failed: " + e.getCause(), e.getCause());
    }
}

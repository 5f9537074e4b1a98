package dev.hapax.evaluation.grid;

/**
 * Opens what the workers work with.
 *
 * @param <C> what a worker works with
 */
@FunctionalInterface
public interface Contexts<C extends AutoCloseable> {
    /**
     * Opens the context of a worker; called on its thread, before its first piece of work. What can be shared by threads
     * may be: then closing a context leaves it open.
     *
     * @param worker from 0
     */
    C open(int worker) throws Exception;
}

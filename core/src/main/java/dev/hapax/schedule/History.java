package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The last tensors that a multistep method looks back on; they outlive scopes until they are displaced or closed. */
final class History implements AutoCloseable {
    private final int capacity;
    private final Deque<Tensor> latestFirst = new ArrayDeque<>();

    History(int capacity) {
        this.capacity = capacity;
    }

    /** Remembers a tensor, with its graph; the oldest one goes if there is no room. */
    void add(Tensor tensor) {
        latestFirst.addFirst(tensor.reshape(tensor.shape()).keep()); // a handle of our own on the same memory
        if (latestFirst.size() > capacity) {
            latestFirst.removeLast().close();
        }
    }

    /** The tensor remembered {@code ago} additions before the last one. */
    Tensor get(int ago) {
        Iterator<Tensor> iterator = latestFirst.iterator();
        for (int i = 0; i < ago; i++) {
            iterator.next();
        }
        return iterator.next();
    }

    int size() {
        return latestFirst.size();
    }

    @Override
    public void close() {
        latestFirst.forEach(Tensor::close);
        latestFirst.clear();
    }
}

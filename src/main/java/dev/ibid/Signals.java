package dev.ibid;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Tells of a signal before the shutdown of the Java virtual machine begins. By reflection: the JDK
 * has one way to do this, and warns of its use whenever it is compiled against.
 */
final class Signals {

    private Signals() {}

    /**
     * Instead of what the virtual machine would do.
     *
     * @param name without SIG
     * @param action is given the signal's number, on a thread of its own
     */
    static void on(String name, IntConsumer action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object acting =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> {
                                action.accept(
                                        (int) signal.getMethod("getNumber").invoke(arguments[0]));
                                return null;
                            });
            Object wanted = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, wanted, acting);
        } catch (ReflectiveOperationException unsupported) {
            throw new IllegalStateException("Signals cannot be handled here", unsupported);
        }
    }
}

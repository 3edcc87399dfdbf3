package dev.ibid.http;

/** Serves one operation on a virtual thread; whatever it throws becomes problem details. */
@FunctionalInterface
public interface Action {

    Reply serve(Exchange exchange) throws Exception;
}

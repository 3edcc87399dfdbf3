package dev.ibid.documents;

import dev.ibid.http.Exchange;
import dev.ibid.http.Operations;
import dev.ibid.http.Reply;
import dev.ibid.http.Routes;
import dev.ibid.text.TextGate;
import dev.ibid.threads.RequestThreads;

final class CollectionRoutes implements Routes {

    private final RequestThreads threads;
    private final Collections collections;
    private final Rights rights;
    private final Deletion deletion;

    CollectionRoutes(
            RequestThreads threads, Collections collections, Rights rights, Deletion deletion) {
        this.threads = threads;
        this.collections = collections;
        this.rights = rights;
        this.deletion = deletion;
    }

    @Override
    public RequestThreads threads() {
        return threads;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("createCollection", this::createCollection)
                .on("listCollections", this::listCollections)
                .on("getCollection", this::getCollection)
                .on("updateCollection", this::updateCollection)
                .on("deleteCollection", this::deleteCollection);
    }

    private record CollectionName(String name) {}

    private Reply createCollection(Exchange exchange) {
        return Reply.created(collections.create(exchange.caller().userId(), name(exchange)));
    }

    private Reply listCollections(Exchange exchange) {
        return Reply.ok(collections.list(exchange.caller().userId(), exchange.page()));
    }

    private Reply getCollection(Exchange exchange) {
        return Reply.ok(rights.visible(exchange.caller(), exchange.pathId("id")));
    }

    private Reply updateCollection(Exchange exchange) {
        Collection collection = rights.requireOwner(exchange.caller(), exchange.pathId("id"));
        collections.rename(collection.id(), name(exchange));
        return getCollection(exchange);
    }

    private Reply deleteCollection(Exchange exchange) {
        deletion.collection(exchange.caller(), exchange.pathId("id"));
        return Reply.noContent();
    }

    private static String name(Exchange exchange) {
        return TextGate.line(exchange.body(CollectionName.class).name());
    }
}

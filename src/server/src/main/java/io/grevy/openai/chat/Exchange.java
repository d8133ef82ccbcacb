package io.grevy.openai.chat;

import java.io.InputStream;

/**
 * One request from its body to the end of its answer, on one thread. Whatever happens, the reply is settled, and the
 * share of the body budget is given back.
 */
final class Exchange<R> implements Runnable {

    private final Exchanges shared;
    private final Endpoint<R> endpoint;
    private final String requestId;
    private final InputStream body;
    private final Reply reply;

    Exchange(Exchanges shared, Endpoint<R> endpoint, String requestId, InputStream body, Reply reply) {
        this.shared = shared;
        this.endpoint = endpoint;
        this.requestId = requestId;
        this.body = body;
        this.reply = reply;
    }

    @Override
    public void run() {
        try (BodyBudget.Share share = shared.budget().open(reply.visit())) {
            reply.requireClient(); // the first look, while the client is there for sure
            endpoint.answer(shared.intake().read(body, share, endpoint::read), reply, share, requestId);
        } catch (Throwable e) {
            reply.fail(Failures.errorOf(requestId, e));
        } finally {
            reply.visit().settle();
        }
    }
}

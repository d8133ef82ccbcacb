package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.model.Place;
import io.grevy.model.ServedModel;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.ModelLookup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * One request from its body to the end of its answer, on one thread. Whatever happens, the reply is settled, and the
 * place, the generation and the share of the body budget are given back.
 */
final class ChatExchange implements Runnable {

    private static final Logger LOG = System.getLogger(ChatExchange.class.getName());

    private final ChatService service;
    private final String requestId;
    private final InputStream body;
    private final Reply reply;

    ChatExchange(ChatService service, String requestId, InputStream body, Reply reply) {
        this.service = service;
        this.requestId = requestId;
        this.body = body;
        this.reply = reply;
    }

    @Override
    public void run() {
        try (BodyBudget.Share share = service.budget().open()) {
            answer(share);
        } catch (Throwable e) {
            reply.fail(errorOf(e));
        }
    }

    private void answer(BodyBudget.Share share) throws InterruptedException, IOException {
        reply.requireClient(); // the first look, while the client is there for sure
        ChatRequest request = service.intake().read(body, share);
        ServedModel model = ModelSteps.find(service.models(), request.model());
        Optional<ChatCompletion> whole;
        try (Place place = ModelSteps.admit(model)) {
            ModelSteps.awaitTurn(place, reply);
            AnswerHead head = service.newAnswer(model);
            try (Generation generation = reply.attended(service.start(place, head.id(), request, share));
                    RunningAnswers.Entry running = service.running().enter(head.id(), generation)) {
                // The pictures' text has had its day: let go of it while the answer is made.
                request = request.withoutMessages();
                share.close();
                whole = answer(generation, head, request);
            }
        }
        // A client that reads slowly keeps no other request waiting.
        whole.ifPresent(reply::whole);
    }

    /** Sends the answer if it is a stream, else returns it. */
    private Optional<ChatCompletion> answer(Generation generation, AnswerHead head, ChatRequest request)
            throws InterruptedException, IOException {
        Answering answering = Answering.begin(generation, service.heartbeat());
        if (request.form().stream()) {
            reply.stream(out -> stream(answering, head, request.form(), out));
            return Optional.empty();
        }
        WholeAnswer whole =
                new WholeAnswer(head, request.choices().count(), request.form().logProbs());
        answering.tell(whole);
        return Optional.of(whole.completion());
    }

    /** From here on the status is sent: whatever fails is an event, unless the client has gone. */
    private void stream(Answering answering, AnswerHead head, AnswerForm form, OutputStream out) {
        try {
            EventStream stream = new EventStream(head, form, out);
            try {
                answering.tell(stream);
            } catch (IOException e) {
                throw e;
            } catch (Throwable e) {
                stream.failed(errorOf(e));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0}: the client has gone: {1}", requestId, e.getMessage());
        }
    }

    /** What the client learns of this; what it doesn't is logged. */
    private ApiException errorOf(Throwable e) {
        if (e instanceof ApiException api) {
            Level level = api.code() == ErrorCode.GENERATION_FAILED ? Level.ERROR : Level.DEBUG;
            LOG.log(level, "{0}: {1}: {2}", requestId, api.code(), api.getMessage());
            return api;
        }
        if (e instanceof ClientGoneException) {
            LOG.log(Level.DEBUG, "{0}: {1}", requestId, e.getMessage());
            return new ApiException(ErrorCode.INTERNAL_ERROR, String.valueOf(e.getMessage()), e);
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return ModelLookup.unavailable("The server is stopping.");
        }
        LOG.log(Level.ERROR, "Request " + requestId + " failed unexpectedly", e);
        return new ApiException(ErrorCode.INTERNAL_ERROR, "The server failed.", e);
    }
}

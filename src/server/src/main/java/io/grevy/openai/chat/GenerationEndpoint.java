package io.grevy.openai.chat;

import io.grevy.inference.Generation;
import io.grevy.model.Place;
import io.grevy.model.ServedModel;
import io.grevy.openai.JsonAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A path that answers with generated text. Whatever happens, the place and the generation are given back. */
public final class GenerationEndpoint implements Endpoint<GenerationRequest> {

    private static final Logger LOG = System.getLogger(GenerationEndpoint.class.getName());

    private final Exchanges shared;
    private final Function<byte[], GenerationRequest> reader;
    private final Clock clock = Clock.systemUTC();

    public GenerationEndpoint(Exchanges shared, Function<byte[], GenerationRequest> reader) {
        this.shared = shared;
        this.reader = reader;
    }

    @Override
    public GenerationRequest read(byte[] body) {
        return reader.apply(body);
    }

    @Override
    public void answer(GenerationRequest request, Reply reply, BodyBudget.Share share, String requestId)
            throws InterruptedException, IOException {
        ServedModel model = ModelSteps.find(shared.models(), request.model(), reply.visit());
        Optional<JsonAnswer> whole;
        request.tell(reply.visit());
        try (Place place = ModelSteps.admit(model, reply.visit())) {
            ModelSteps.awaitTurn(place, reply);
            AnswerHead head = newAnswer(request, model);
            try (Generation generation = reply.attended(request.start(place, head.id(), share));
                    RunningAnswers.Entry running = shared.running().enter(head.id(), generation)) {
                // The request's text has had its day: let go of it while the answer is made.
                share.close();
                whole = answer(generation, head, request, reply, requestId);
            }
        }
        // A client that reads slowly keeps no other request waiting.
        whole.ifPresent(reply::whole);
    }

    /** Sends the answer if it is a stream, else returns it. */
    private Optional<JsonAnswer> answer(
            Generation generation, AnswerHead head, GenerationRequest request, Reply reply, String requestId)
            throws InterruptedException, IOException {
        Answering answering = Answering.begin(generation, shared.heartbeat(), request.promptField());
        if (request.streamed()) {
            reply.stream(out -> stream(answering, head, request, out, requestId));
            return Optional.empty();
        }
        GenerationRequest.WholeSink whole = request.whole(head);
        answering.tell(whole);
        return Optional.of(whole.answer());
    }

    /** From here on the status is sent: whatever fails is an event, unless the client has gone. */
    private static void stream(
            Answering answering, AnswerHead head, GenerationRequest request, OutputStream out, String requestId) {
        try {
            GenerationRequest.StreamSink stream = request.stream(head, out);
            try {
                answering.tell(stream);
            } catch (IOException e) {
                throw e;
            } catch (Throwable e) {
                stream.failed(Failures.errorOf(requestId, e));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0}: the client has gone: {1}", requestId, e.getMessage());
        }
    }

    private AnswerHead newAnswer(GenerationRequest request, ServedModel model) {
        String id = request.idPrefix() + UUID.randomUUID().toString().replace("-", "");
        return new AnswerHead(id, clock.instant().getEpochSecond(), model.name(), Fingerprint.of(model));
    }
}

package io.grevy.openai.tokens;

import io.grevy.component.Component;
import io.grevy.inference.EngineUnavailableException;
import io.grevy.inference.ModelTokenizer;
import io.grevy.model.Models;
import io.grevy.openai.JsonAnswer;
import io.grevy.openai.chat.Endpoint;
import io.grevy.openai.json.TokenList;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** What the tokenizers of models are asked. Thread-safe. */
@Component
class TokenizerService {

    private final Endpoint<TokenizeRequest> tokenize;
    private final Endpoint<DetokenizeRequest> detokenize;

    @Inject
    TokenizerService(Models models) {
        tokenize =
                new TokenizerEndpoint<>(models, TokenizeReader::read, TokenizeRequest::model, TokenizerService::tokens);
        detokenize = new TokenizerEndpoint<>(
                models, DetokenizeRequest::read, DetokenizeRequest::model, TokenizerService::texts);
    }

    Endpoint<TokenizeRequest> tokenize() {
        return tokenize;
    }

    Endpoint<DetokenizeRequest> detokenize() {
        return detokenize;
    }

    private static JsonAnswer tokens(TokenizeRequest request, ModelTokenizer tokenizer)
            throws EngineUnavailableException {
        List<int[]> tokens = new ArrayList<>();
        for (String text : request.texts()) {
            tokens.add(request.fitting().tokens(text, request.addSpecialTokens(), tokenizer));
        }
        return new TokenizeAnswer(tokens, request.single(), tokenizer.contextLength());
    }

    private static JsonAnswer texts(DetokenizeRequest request, ModelTokenizer tokenizer)
            throws EngineUnavailableException {
        List<String> texts = new ArrayList<>();
        for (TokenList tokens : request.texts()) {
            texts.add(tokenizer.decode(tokens.within(tokenizer.vocabularySize()), request.skipSpecialTokens()));
        }
        return new DetokenizeAnswer(texts, request.single());
    }
}

package io.grevy.openai.chat;

import io.grevy.inference.Message;
import io.grevy.inference.Role;
import io.grevy.inference.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the turns of a conversation of which reasoning, texts and calls come one by one: what the assistant thought,
 * said and called in a row is one turn. Used by one thread.
 */
public final class Turns {

    private final List<ChatMessage> turns = new ArrayList<>();
    /** The tools' names by the ids of the calls so far. */
    private final Map<String, String> called = new HashMap<>();

    private String reasoning = "";

    /** What the assistant thought before what comes next. */
    public void think(String text) {
        reasoning += text;
    }

    /** What somebody else than a tool said. */
    public void say(Role role, List<ChatPart> parts) {
        if (role != Role.ASSISTANT) {
            endThought();
        }
        turns.add(new ChatMessage(role, parts, takeReasoning(), List.of(), Optional.empty()));
    }

    /** What the assistant called, after what it said. */
    public void call(ToolCall call) {
        called.put(call.id(), call.name());
        int last = turns.size() - 1;
        if (last >= 0 && turns.get(last).role() == Role.ASSISTANT && reasoning.isEmpty()) {
            ChatMessage turn = turns.get(last);
            List<ToolCall> calls = new ArrayList<>(turn.calls());
            calls.add(call);
            turns.set(last, new ChatMessage(turn.role(), turn.parts(), turn.reasoning(), calls, turn.result()));
        } else {
            turns.add(new ChatMessage(Role.ASSISTANT, List.of(), takeReasoning(), List.of(call), Optional.empty()));
        }
    }

    /** What a call gave. */
    public void result(String callId, List<ChatPart> parts) {
        endThought();
        turns.add(new ChatMessage(
                Role.TOOL,
                parts,
                "",
                List.of(),
                Optional.of(new Message.Result(callId, called.getOrDefault(callId, "")))));
    }

    /** All of them. */
    public List<ChatMessage> end() {
        endThought();
        return turns;
    }

    private void endThought() {
        if (!reasoning.isEmpty()) {
            turns.add(new ChatMessage(Role.ASSISTANT, List.of(), takeReasoning(), List.of(), Optional.empty()));
        }
    }

    private String takeReasoning() {
        String taken = reasoning;
        reasoning = "";
        return taken;
    }
}

package io.grevy.openvino;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

/** Where a step writes what the requests gained, as {@code Batching::record} does. Grows, and is used by one thread. */
final class StepRecords implements AutoCloseable {
    private BytePointer room;

    StepRecords(long bytes) {
        room = new BytePointer(bytes);
    }

    List<StepOutput> step(GenAi.Batching pipeline) {
        long size = pipeline.step(room, room.capacity());
        if (size > room.capacity()) {
            room.close();
            room = new BytePointer(size * 2);
            pipeline.take(room, room.capacity());
        }
        return size == 0 ? List.of() : parse(room.asByteBuffer().order(ByteOrder.nativeOrder()), (int) size);
    }

    private static List<StepOutput> parse(ByteBuffer records, int size) {
        List<StepOutput> outputs = new ArrayList<>();
        while (records.position() < size) {
            long request = records.getLong();
            int end = records.getInt();
            int promptTokens = records.getInt();
            int rank = records.getInt();
            long[] tokens = new long[records.getInt()];
            float[] logProbs = new float[tokens.length];
            records.asLongBuffer().get(tokens);
            records.position(records.position() + tokens.length * Long.BYTES);
            records.asFloatBuffer().get(logProbs);
            int after = records.position() + logProbs.length * Float.BYTES;
            records.position((after + 7) / 8 * 8);
            Optional<Finish> finish = end < 0 ? Optional.empty() : Optional.of(Finish.of(end));
            outputs.add(new StepOutput(request, rank, tokens, logProbs, finish, promptTokens));
        }
        return outputs;
    }

    @Override
    public void close() {
        room.close();
    }
}

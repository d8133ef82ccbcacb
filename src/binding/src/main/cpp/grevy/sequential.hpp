#pragma once
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "grevy/batching.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/sequential_pipelines.hpp"
#include "grevy/grammars.hpp"
#include "grevy/options.hpp"
#include "grevy/pictures.hpp"
#include "grevy/tokens.hpp"

extern "C" {
extern void* _ZTVN2ov5genai11PerfMetricsE[];     // vtable for ov::genai::PerfMetrics
extern void* _ZTVN2ov5genai14VLMPerfMetricsE[];  // vtable for ov::genai::VLMPerfMetrics
}

namespace grevy {
namespace genai = ov::genai;

// What one generation yields, between the engine's threads and Java's.
class Stream {
public:
    // 0 after `milliseconds` without a token, -1 at the end, else how many tokens were written to `out`.
    int64_t poll(int64_t* out, int64_t room, int64_t milliseconds) {
        std::unique_lock<std::mutex> lock(mutex);
        changed.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return done || !waiting.empty(); });
        if (waiting.empty())
            return done ? -1 : 0;
        const std::size_t count = std::min(waiting.size(), static_cast<std::size_t>(room));
        std::memcpy(out, waiting.data(), count * sizeof(int64_t));
        waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
        return static_cast<int64_t>(count);
    }

    genai::StreamingStatus offer(const int64_t* tokens, std::size_t count) {
        std::lock_guard<std::mutex> lock(mutex);
        if (cancelled)
            return genai::StreamingStatus::CANCEL;
        waiting.insert(waiting.end(), tokens, tokens + count);
        changed.notify_one();
        return genai::StreamingStatus::RUNNING;
    }

    // What waits is dropped too.
    void cancel() {
        std::lock_guard<std::mutex> lock(mutex);
        cancelled = true;
        waiting.clear();
    }

    void finish() {
        std::lock_guard<std::mutex> lock(mutex);
        done = true;
        changed.notify_one();
    }

    bool wasCancelled() {
        std::lock_guard<std::mutex> lock(mutex);
        return cancelled;
    }

private:
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<int64_t> waiting;
    bool cancelled = false;
    bool done = false;
};

class StreamWriter : public genai::StreamerBase {
public:
    explicit StreamWriter(std::shared_ptr<Stream> stream) : stream(std::move(stream)) {}
    genai::StreamingStatus write(int64_t token) override { return stream->offer(&token, 1); }
    genai::StreamingStatus write(const std::vector<int64_t>& tokens) override {
        return stream->offer(tokens.data(), tokens.size());
    }
    void end() override {}

private:
    const std::shared_ptr<Stream> stream;
};

struct Outcome {
    Ended end = Ended::IGNORED;
    int64_t promptTokens = 0;
};

// Reads a VLMDecodedResults or DecodedResults.  The metrics, whose place in it isn't declared, are found by the address
// of their class's table of virtual functions.
template <class Results>
Outcome outcome(Results& results, void* const* metricsTable) {
    if (results.finish_reasons.size() != 1 || results.texts.size() != 1 || results.scores.size() != 1)
        throw std::runtime_error("the pipeline's results don't have the expected layout");
    const Ended end = ended(results.finish_reasons[0]);
    void** const words = reinterpret_cast<void**>(&results);
    void** const middle = words + sizeof(Results) / sizeof(void*) / 2;
    void** const found = std::find(words, middle, static_cast<const void*>(metricsTable + 2));
    if (found == middle)
        throw std::runtime_error("the pipeline's results have no performance metrics where they are expected");
    const std::size_t promptTokens = reinterpret_cast<genai::PerfMetrics*>(found)->get_num_input_tokens();
    return {end == Ended::RUNNING ? Ended::IGNORED : end, static_cast<int64_t>(promptTokens)};
}

// Holds the results of one call, in storage that was zeroed before the library wrote to it.
template <class Results>
class Returned {
public:
    template <class Call>
    explicit Returned(Call call) {
        std::memset(room, 0, sizeof room);
        results = new (room) Results(call());
    }
    ~Returned() { results->~Results(); }
    Returned(const Returned&) = delete;
    Results& operator*() const { return *results; }

private:
    alignas(16) unsigned char room[sizeof(Results)];
    Results* results;
};

// A pipeline of one request at a time.  Java holds its lock from start() to end().
class Sequential {
public:
    Sequential(const char* model, int64_t modelLength, const char* device, int64_t deviceLength, bool vision,
               const Options& properties) {
        guarded([&] {
            const std::filesystem::path path(text(model, modelLength));
            const std::string on = text(device, deviceLength);
            if (vision) {
                pictures = std::make_unique<genai::VLMPipeline>(path, on, properties.map);
                adopt(*pictures);
            } else {
                words = std::make_unique<genai::LLMPipeline>(path, on, properties.map);
                adopt(*words);
            }
            tokens->passPromptsThrough();
        });
    }
    ~Sequential() { join(); }
    Sequential(const Sequential&) = delete;

    void layoutProblem(Bytes& out) {
        guarded([&] { out.content = configProblem(*base); });
    }

    Tokens* tokenizer() { return tokens.get(); }

    // Refuses a structure that can't be compiled.  Any thread.
    void compile(const Options& options) {
        guarded([&] {
            const RequestConfig request(*base, options);
            if (options.structure)
                Grammars::compileApart(tokens->tokenizer, request.config);
        });
    }

    void start(const char* prompt, int64_t length, const Pictures& images, const Options& options) {
        guarded([&] {
            const RequestConfig request(*base, options, tokens->tokenizer);
            auto fresh = std::make_shared<Stream>();
            ov::AnyMap properties{genai::generation_config(request.config),
                                  genai::streamer(std::make_shared<StreamWriter>(fresh))};
            if (!images.tensors.empty())
                properties["images"] = images.tensors;
            if (!images.videos.empty()) {
                properties["videos"] = images.videos;
                properties["videos_metadata"] = images.metadata;
            }
            failure = nullptr;
            {
                std::lock_guard<std::mutex> lock(streamMutex);
                stream = fresh;
            }
            worker = std::thread([this, fresh, asked = text(prompt, length), properties = std::move(properties)] {
                try {
                    result = generate(asked, properties);
                } catch (...) {
                    failure = std::current_exception();
                }
                fresh->finish();
            });
        });
    }

    int64_t poll(int64_t* out, int64_t room, int64_t milliseconds) {
        return guarded([&] { return stream->poll(out, room, milliseconds); });
    }

    // Any thread.
    void cancel() {
        std::lock_guard<std::mutex> lock(streamMutex);
        if (stream)
            stream->cancel();
    }

    // After poll() answered -1: how it ended and its prompt's tokens; or throws what generation threw.
    void end(int64_t* out) {
        guarded([&] {
            join();
            std::shared_ptr<Stream> ended;
            {
                std::lock_guard<std::mutex> lock(streamMutex);
                ended.swap(stream);
            }
            if (failure)
                std::rethrow_exception(failure);
            out[0] = static_cast<int64_t>(ended->wasCancelled() ? Ended::CANCELLED : result.end);
            out[1] = result.promptTokens;
        });
    }

private:
    template <class Pipeline>
    void adopt(Pipeline& pipeline) {
        base = std::unique_ptr<genai::GenerationConfig>(new genai::GenerationConfig(pipeline.get_generation_config()));
        tokens = std::make_unique<Tokens>(pipeline);
    }

    Outcome generate(const std::string& prompt, const ov::AnyMap& properties) {
        if (pictures) {
            const Returned<genai::VLMDecodedResults> results([&] { return pictures->generate(prompt, properties); });
            return outcome(*results, _ZTVN2ov5genai14VLMPerfMetricsE);
        }
        const Returned<genai::DecodedResults> results([&] { return words->generate(prompt, properties); });
        return outcome(*results, _ZTVN2ov5genai11PerfMetricsE);
    }

    void join() {
        if (worker.joinable())
            worker.join();
    }

    std::unique_ptr<genai::VLMPipeline> pictures;
    std::unique_ptr<genai::LLMPipeline> words;
    std::unique_ptr<genai::GenerationConfig> base;
    std::unique_ptr<Tokens> tokens;
    std::thread worker;
    std::exception_ptr failure;
    Outcome result;
    std::mutex streamMutex;
    std::shared_ptr<Stream> stream;
};

}  // namespace grevy

#pragma once
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "grevy/bytes.hpp"
#include "grevy/checks.hpp"
#include "grevy/encoder.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/continuous_batching_pipeline.hpp"
#include "grevy/grammars.hpp"
#include "grevy/options.hpp"
#include "grevy/pictures.hpp"
#include "grevy/scheduling.hpp"
#include "grevy/tokens.hpp"

namespace grevy {
namespace genai = ov::genai;

// How a request ended, as Java's Finish counts; RUNNING while it hasn't.
enum class Ended : int32_t { RUNNING = -1, STOP = 0, LENGTH = 1, TOOL_CALL = 2, CANCELLED = 3, IGNORED = 4 };

inline Ended ended(genai::GenerationFinishReason reason) {
    switch (reason) {
        case genai::GenerationFinishReason::STOP: return Ended::STOP;
        case genai::GenerationFinishReason::LENGTH: return Ended::LENGTH;
        case genai::GenerationFinishReason::TOOL_CALL: return Ended::TOOL_CALL;
        default: return Ended::RUNNING;
    }
}

// A continuous batching pipeline: one call a step, whatever the number of requests.
// `mutex` guards `live` and each request's flag, and is never held while the engine works.
class Batching {
public:
    Batching(const char* model, int64_t modelLength, const char* device, int64_t deviceLength,
             const Scheduling& scheduling, bool vision, bool speculates, const Options& properties)
        : pipeline(guarded([&]() -> genai::ContinuousBatchingPipeline {
              return genai::ContinuousBatchingPipeline(std::filesystem::path(text(model, modelLength)), scheduling.config,
                                                       text(device, deviceLength), properties.map, ov::AnyMap{},
                                                       ov::AnyMap{});
          })),
          base(guarded([&] { return configuration(text(model, modelLength), speculates); })),
          tokens(std::make_shared<Tokens>(pipeline)),
          grammars(tokens->tokenizer) {
        if (vision)
            tokens->passPromptsThrough();
    }

    void layoutProblem(Bytes& out) {
        guarded([&] {
            out.content = configProblem(base);
            if (out.content.empty())
                out.content = metricsProblem(pipeline.get_metrics());
        });
    }

    // Owned by this pipeline.
    Tokens* tokenizer() { return tokens.get(); }

    int64_t addPrompt(const char* prompt, int64_t length, const Pictures& pictures, const Options& options) {
        return add(options, [&](uint64_t id, const genai::GenerationConfig& config) {
            const std::lock_guard<std::mutex> lock(embedding);
            if (pictures.videos.empty())
                return pipeline.add_request(id, text(prompt, length), pictures.tensors, config);
            return pipeline.add_request(id, text(prompt, length),
                                        ov::AnyMap{genai::generation_config(config),
                                                   {"images", pictures.tensors},
                                                   {"videos", pictures.videos},
                                                   {"videos_metadata", pictures.metadata}});
        });
    }

    int64_t addTokens(const int64_t* ids, int64_t count, const Options& options) {
        ov::Tensor row(ov::element::i64, ov::Shape{1, static_cast<std::size_t>(count)});
        std::memcpy(row.data(), ids, static_cast<std::size_t>(count) * sizeof(int64_t));
        return add(options, [&](uint64_t id, const genai::GenerationConfig& config) {
            return pipeline.add_request(id, row, config);
        });
    }

    // Pictures may be encoded beside the pipeline from then on; what speaks against it is written to `problem`.  Before
    // the first request.
    void openEncoder(Bytes& problem) {
        try {
            encoder = std::make_unique<Encoder>(pipeline);
        } catch (const std::exception& e) {
            problem.content = e.what();
        }
    }

    // As if it had never been opened.
    void closeEncoder() { encoder.reset(); }

    // The one picture.  Any thread.
    void encode(const Pictures& picture, KeptPicture& out) {
        guarded([&] { encoder->encode(picture.tensors.at(0), out); });
    }

    int64_t addEncoded(const char* prompt, int64_t length, const KeptPictures& pictures, const Options& options) {
        return add(options, [&](uint64_t id, const genai::GenerationConfig& config) {
            const std::lock_guard<std::mutex> lock(embedding);
            return encoder->add(id, text(prompt, length), pictures.list, config);
        });
    }

    // Compiles the structure of these options, if they have one, so that no step has to.  Any thread.
    void compile(const Options& options) {
        guarded([&] {
            const RequestConfig request(base, options);
            if (options.structure)
                grammars.compile(request.config);
        });
    }

    // Only noted here, and done by the next step: so a request's end is seen in the step that frees it.
    void cancel(int64_t id) {
        std::lock_guard<std::mutex> lock(mutex);
        const auto found = live.find(id);
        if (found != live.end())
            found->second.cancelled = true;
    }

    // Also true while the end of a request waits to be taken.
    bool hasUnfinished() {
        return guarded([&] {
            if (pipeline.has_non_finished_requests())
                return true;
            std::lock_guard<std::mutex> lock(mutex);
            return !live.empty();
        });
    }

    // One forward pass, if anything waits for one; then takes what every request gained.  Answers how many bytes that
    // is: they were written to `out` if there was room, and are kept for take() if not.
    int64_t step(signed char* out, int64_t room) {
        return guarded([&] {
            cancelNoted();
            if (pipeline.has_non_finished_requests()) {
                pipeline.step();
                grammars.stepped();
            }
            collect();
            return take(out, room);
        });
    }

    int64_t take(signed char* out, int64_t room) {
        const int64_t size = static_cast<int64_t>(gained.size());
        if (size <= room) {
            std::memcpy(out, gained.data(), gained.size());
            gained.clear();
        }
        return size;
    }

    // requests, scheduled requests, cache size in bytes
    void counts(int64_t* out) {
        guarded([&] {
            const genai::PipelineMetrics metrics = pipeline.get_metrics();
            out[1] = static_cast<int64_t>(metrics.scheduled_requests);
            out[2] = static_cast<int64_t>(metrics.cache_size_in_bytes);
            // The engine's own number is the one before the last step.
            std::lock_guard<std::mutex> lock(mutex);
            out[0] = static_cast<int64_t>(live.size());
        });
    }

    // per cent of the cache in use, now and at most
    void usage(float* out) {
        guarded([&] {
            const genai::PipelineMetrics metrics = pipeline.get_metrics();
            out[0] = metrics.cache_usage;
            out[1] = metrics.max_cache_usage;
        });
    }

    // Gives back the 8 bytes a prompt token that the engine keeps of each request with embeddings.  It takes no lock for
    // that: so only while nothing is in the pipeline or on its way there.
    void finishChat() {
        guarded([&] {
            const std::unique_lock<std::shared_mutex> lock(adding, std::try_to_lock);
            if (lock && !hasUnfinished())
                pipeline.finish_chat();
        });
    }

    // Cancels what runs and steps until it is gone: requests left behind would be reported as leaked blocks.
    void drain() {
        guarded([&] {
            {
                std::lock_guard<std::mutex> lock(mutex);
                for (auto& entry : live)
                    entry.second.handle->cancel();
            }
            while (pipeline.has_non_finished_requests())
                pipeline.step();
            std::lock_guard<std::mutex> lock(mutex);
            live.clear();
        });
    }

private:
    // The model's own.  A pipeline that speculates doesn't know it.
    genai::GenerationConfig configuration(const std::filesystem::path& model, bool speculates) const {
        const std::filesystem::path file = model / "generation_config.json";
        return speculates && std::filesystem::exists(file) ? genai::GenerationConfig(file) : pipeline.get_config();
    }

    struct Request {
        genai::GenerationHandle handle;
        bool cancelled = false;
    };

    template <class Add>
    int64_t add(const Options& options, Add addRequest) {
        return guarded([&] {
            const RequestConfig request(base, options, tokens->tokenizer);
            const std::shared_lock<std::shared_mutex> shared(adding);
            int64_t id;
            {
                std::lock_guard<std::mutex> lock(mutex);
                id = ++last;
            }
            // Encodes pictures in this thread; a step may run meanwhile, and may even finish the request.
            genai::GenerationHandle handle = addRequest(static_cast<uint64_t>(id), request.config);
            std::lock_guard<std::mutex> lock(mutex);
            live[id].handle = std::move(handle);
            return id;
        });
    }

    void cancelNoted() {
        std::lock_guard<std::mutex> lock(mutex);
        for (auto& entry : live)
            if (entry.second.cancelled)
                entry.second.handle->cancel();
    }

    void collect() {
        std::lock_guard<std::mutex> lock(mutex);
        for (auto entry = live.begin(); entry != live.end();)
            entry = collect(entry->first, entry->second) == Ended::RUNNING ? std::next(entry) : live.erase(entry);
    }

    Ended collect(int64_t id, Request& request) {
        // The status before the queue: what comes between the two is read now or in the next step.
        const genai::GenerationStatus status = request.handle->get_status();
        Ended end = Ended::RUNNING;
        ids.clear();
        logProbs.clear();
        while (request.handle->can_read()) {
            const genai::GenerationOutputs outputs = request.handle->read();
            if (outputs.size() > 1) {
                if (status == genai::GenerationStatus::CANCEL || request.cancelled)
                    continue;  // as far as they had come
                return collectBeams(id, request, outputs);
            }
            for (const auto& sequence : outputs) {
                const genai::GenerationOutput& output = sequence.second;
                requireSane(output);
                ids.insert(ids.end(), output.generated_ids.begin(), output.generated_ids.end());
                logProbs.insert(logProbs.end(), output.generated_log_probs.begin(), output.generated_log_probs.end());
                if (output.finish_reason != genai::GenerationFinishReason::NONE)
                    end = ended(output.finish_reason);
            }
        }
        // A cancelled request may be alone, so that nothing is scheduled: the engine then calls that IGNORED.
        const bool ignored = status == genai::GenerationStatus::IGNORED;
        if (status == genai::GenerationStatus::CANCEL || (ignored && request.cancelled))
            end = Ended::CANCELLED;
        else if (ignored)
            end = Ended::IGNORED;
        else if (status != genai::GenerationStatus::RUNNING && end == Ended::RUNNING)
            end = Ended::STOP;
        if (!ids.empty() || end != Ended::RUNNING)
            record(id, end, end == Ended::RUNNING ? 0 : promptTokens(request));
        return end;
    }

    // Beams come once, all of them, when the search is over: the best first, each with its end.
    Ended collectBeams(int64_t id, Request& request, const genai::GenerationOutputs& outputs) {
        std::vector<const genai::GenerationOutput*> beams;
        for (const auto& sequence : outputs) {
            requireSane(sequence.second);
            beams.push_back(&sequence.second);
        }
        std::sort(beams.begin(), beams.end(), [](const auto* a, const auto* b) { return a->score > b->score; });
        const int32_t promptTokens = Batching::promptTokens(request);
        for (std::size_t rank = 0; rank < beams.size(); rank++) {
            ids = beams[rank]->generated_ids;
            logProbs = beams[rank]->generated_log_probs;
            const Ended end = ended(beams[rank]->finish_reason);
            record(id, end == Ended::RUNNING ? Ended::STOP : end, promptTokens, static_cast<int32_t>(rank));
        }
        return Ended::STOP;
    }

    static int32_t promptTokens(Request& request) {
        try {
            return static_cast<int32_t>(request.handle->get_perf_metrics().get_num_input_tokens());
        } catch (const std::exception&) {
            return 0;  // none were kept: it ended before it began
        }
    }

    // StepRecords.java reads it: id, end, prompt tokens, rank, count; ids; log probs; to a multiple of 8
    void record(int64_t id, Ended end, int32_t promptTokens, int32_t rank = 0) {
        put(&id, sizeof id);
        put(&end, sizeof end);
        put(&promptTokens, sizeof promptTokens);
        put(&rank, sizeof rank);
        const int32_t count = static_cast<int32_t>(ids.size());
        put(&count, sizeof count);
        put(ids.data(), ids.size() * sizeof(int64_t));
        put(logProbs.data(), logProbs.size() * sizeof(float));
        gained.resize((gained.size() + 7) / 8 * 8);
    }

    void put(const void* from, std::size_t size) {
        const char* bytes = static_cast<const char*>(from);
        gained.insert(gained.end(), bytes, bytes + size);
    }

    genai::ContinuousBatchingPipeline pipeline;
    const genai::GenerationConfig base;
    const std::shared_ptr<Tokens> tokens;
    Grammars grammars;
    std::shared_mutex adding;  // shared by the calls of add
    std::mutex embedding;      // the embedder keeps things between its calls
    std::mutex mutex;
    std::map<int64_t, Request> live;
    int64_t last = 0;
    // The loop's thread only.
    std::vector<char> gained;
    std::vector<int64_t> ids;
    std::vector<float> logProbs;
    std::unique_ptr<Encoder> encoder;  // gone before the pipeline is, whose embedder it changes
};

}  // namespace grevy

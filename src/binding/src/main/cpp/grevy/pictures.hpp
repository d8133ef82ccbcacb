#pragma once
#include <openvino/runtime/tensor.hpp>
#include <vector>

#include "grevy/errors.hpp"
#include "grevy/genai/opaque.hpp"
#include "grevy/genai/video_metadata.hpp"

namespace grevy {

// A request's pictures and videos, each [frames, height, width, 3] of unsigned bytes, red first; a picture has one frame.
class Pictures {
public:
    Pictures() {}
    // Where the caller writes the height * width * 3 bytes of one more picture.
    signed char* add(int64_t height, int64_t width) {
        return guarded([&] { return room(tensors, 1, height, width); });
    }

    // Where the caller writes the frames * height * width * 3 bytes of one more video, all frames of which the model
    // is to see.
    signed char* addVideo(int64_t frames, int64_t height, int64_t width, float framesPerSecond) {
        return guarded([&] {
            ov::genai::VideoMetadata shown;
            shown.fps = framesPerSecond;
            for (std::size_t i = 0; i < static_cast<std::size_t>(frames); ++i)
                shown.frames_indices.push_back(i);
            metadata.push_back(std::move(shown));
            return room(videos, frames, height, width);
        });
    }

    std::vector<ov::Tensor> tensors;
    std::vector<ov::Tensor> videos;
    std::vector<ov::genai::VideoMetadata> metadata;

private:
    static signed char* room(std::vector<ov::Tensor>& all, int64_t frames, int64_t height, int64_t width) {
        all.emplace_back(ov::element::u8,
                         ov::Shape{static_cast<std::size_t>(frames), static_cast<std::size_t>(height),
                                   static_cast<std::size_t>(width), 3});
        return static_cast<signed char*>(all.back().data());
    }
};

}  // namespace grevy

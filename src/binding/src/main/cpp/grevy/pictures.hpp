#pragma once
#include <openvino/runtime/tensor.hpp>
#include <vector>

#include "grevy/errors.hpp"

namespace grevy {

// A request's pictures, each [1, height, width, 3] of unsigned bytes, red first.
class Pictures {
public:
    Pictures() {}
    // Where the caller writes the height * width * 3 bytes of one more picture.
    signed char* add(int64_t height, int64_t width) {
        return guarded([&] {
            tensors.emplace_back(ov::element::u8,
                                 ov::Shape{1, static_cast<std::size_t>(height), static_cast<std::size_t>(width), 3});
            return static_cast<signed char*>(tensors.back().data());
        });
    }

    std::vector<ov::Tensor> tensors;
};

}  // namespace grevy

// The vision transformer of Qwen's models, which the library runs when it puts a prompt together: again for every
// request, and with the other requests waiting.  Here it runs once a picture.
#pragma once
#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "grevy/genai/inputs_embedder.hpp"
#include "grevy/objects.hpp"

namespace grevy {
namespace genai = ov::genai;

// An encoded picture: everything a prompt needs of it.
struct EncodedPicture {
    explicit EncodedPicture(const genai::EncodedImage& encoded) : image(encoded) {}

    int64_t bytes() const {
        int64_t sum = 0;
        for (const ov::Tensor* tensor : {&image.source(), &rows, &deep})
            if (*tensor)
                sum += static_cast<int64_t>(tensor->get_byte_size());
        return sum;
    }

    genai::EncodedImage image;
    ov::Tensor rows;  // with a merger: what it makes of the image's source, which isn't needed any more
    ov::Tensor deep;  // and what it leaves behind besides
};

using EncodedPictureList = std::vector<std::shared_ptr<const EncodedPicture>>;

// Puts tensors behind one another along an axis.
inline ov::Tensor joined(const std::vector<ov::Tensor>& parts, std::size_t axis) {
    if (parts.size() == 1)
        return parts[0];
    ov::Shape shape = parts[0].get_shape();
    shape[axis] = 0;
    for (const ov::Tensor& part : parts)
        shape[axis] += part.get_shape()[axis];
    std::size_t times = 1;
    for (std::size_t i = 0; i < axis; i++)
        times *= shape[i];
    ov::Tensor all(parts[0].get_element_type(), shape);
    char* to = static_cast<char*>(all.data());
    for (std::size_t i = 0; i < times; i++)
        for (const ov::Tensor& part : parts) {
            const std::size_t size = part.get_byte_size() / times;
            std::memcpy(to, static_cast<const char*>(part.data()) + i * size, size);
            to += size;
        }
    return all;
}

// Makes an embedder of this family call here in place of its merger, by a copy of its table of virtual functions, and
// puts the library's table back in the end.  Nothing changes for requests that are added by the library itself.
class Merger {
public:
    // Throws where the table, or the object, isn't as expected.
    Merger(genai::InputsEmbedder& owner, std::size_t family)
        : owner(owner), family(family), object(owner.implementation.get()), merge(library().merges[family]) {
        void* theirs = library().familyTables[family];
        table.assign(static_cast<void**>(theirs), static_cast<void**>(theirs) + tableSize(theirs) / sizeof(void*));
        void* const slot = reinterpret_cast<void*>(merge);
        if (std::count(table.begin(), table.end(), slot) != 1)
            throw std::runtime_error("the merger isn't once among its class's virtual functions");
        std::replace(table.begin(), table.end(), slot, functions()[family]);
        if (genai::FAMILIES[family].deepens)
            shadow = std::make_unique<Shadow>(object, library().extraInputs(&owner));
        tableOf(object) = table.data() + 2;
    }
    Merger(const Merger&) = delete;
    ~Merger() { tableOf(object) = static_cast<void**>(library().familyTables[family]) + 2; }

    // Any thread, also while prompts are put together.
    void run(EncodedPicture& picture) {
        static const genai::Sequence first{0}, none;
        std::vector<genai::EncodedImage> one;
        one.push_back(picture.image);
        if (shadow) {
            const std::lock_guard<std::mutex> lock(shadow->mutex);
            picture.rows = merge(shadow->object(), one, first, noVideos(), none).second;
            std::swap(picture.deep, shadow->extra()[DEEP]);
        } else {
            picture.rows = merge(object, one, first, noVideos(), none).second;
        }
        picture.image.source() = ov::Tensor();
    }

    // While it lives, this thread's prompts are put together of these pictures.
    class Scope {
    public:
        Scope(Merger& merger, const EncodedPictureList& pictures) {
            current() = {&merger, &pictures};
        }
        Scope(const Scope&) = delete;
        ~Scope() { current() = {}; }
    };

    static const genai::Videos& noVideos() {
        static const std::vector<std::size_t> none;
        return reinterpret_cast<const genai::Videos&>(none);
    }

private:
    static constexpr const char* DEEP = "deepstack_visual_embeds";

    struct Current {
        Merger* merger;
        const EncodedPictureList* pictures;
    };

    // A copy of the embedder's bytes that has extra inputs of its own: the merger leaves some there, and may do so while
    // the embedder itself is in use.  What else it reads doesn't change once a model is loaded.
    struct Shadow {
        Shadow(void* original, const genai::ExtraInputs& extra)
            : words((objectSize(original) + sizeof(uint64_t) - 1) / sizeof(uint64_t)) {
            const std::size_t size = objectSize(original);
            const char* at = reinterpret_cast<const char*>(&extra);
            const char* begin = static_cast<const char*>(original);
            if (at < begin || at + sizeof(genai::ExtraInputs) > begin + size || extra.count(DEEP) != 1)
                throw std::runtime_error("the embedder's extra inputs aren't where they are expected");
            offset = static_cast<std::size_t>(at - begin);
            std::memcpy(words.data(), original, size);
            new (static_cast<char*>(object()) + offset) genai::ExtraInputs(extra);
        }
        Shadow(const Shadow&) = delete;
        ~Shadow() { std::destroy_at(&extra()); }
        void* object() { return words.data(); }
        genai::ExtraInputs& extra() {
            return *reinterpret_cast<genai::ExtraInputs*>(static_cast<char*>(object()) + offset);
        }

        std::mutex mutex;
        std::vector<uint64_t> words;
        std::size_t offset;
    };

    static const genai::EmbedderLibrary& library() { return genai::EmbedderLibrary::get(); }

    static Current& current() {
        static thread_local Current here{};
        return here;
    }

    static void**& tableOf(void* object) { return *static_cast<void***>(object); }

    template <std::size_t Family>
    static std::pair<ov::Tensor, ov::Tensor> replaced(void* self, const genai::Images& images,
                                                      const genai::Sequence& order, const genai::Videos& videos,
                                                      const genai::Sequence& videoOrder) {
        const Current now = current();
        if (now.merger == nullptr || order.empty())
            return library().merges[Family](self, images, order, videos, videoOrder);
        return now.merger->kept(*now.pictures, order);
    }

    std::pair<ov::Tensor, ov::Tensor> kept(const EncodedPictureList& pictures, const genai::Sequence& order) {
        std::vector<ov::Tensor> rows, deep;
        for (const std::size_t i : order) {
            rows.push_back(pictures.at(i)->rows);
            deep.push_back(pictures.at(i)->deep);
        }
        if (shadow)
            const_cast<genai::ExtraInputs&>(library().extraInputs(&owner))[DEEP] = joined(deep, 1);
        return {ov::Tensor(rows[0].get_element_type(), ov::Shape{0, rows[0].get_shape()[1]}), joined(rows, 0)};
    }

    template <std::size_t... Family>
    static std::array<void*, sizeof...(Family)> functionsOf(std::index_sequence<Family...>) {
        return {reinterpret_cast<void*>(&replaced<Family>)...};
    }

    static const std::array<void*, genai::FAMILIES.size()>& functions() {
        static const auto all = functionsOf(std::make_index_sequence<genai::FAMILIES.size()>());
        return all;
    }

    genai::InputsEmbedder& owner;
    const std::size_t family;
    void* const object;
    const genai::EmbedderLibrary::Merge merge;
    std::vector<void*> table;
    std::unique_ptr<Shadow> shadow;
};

}  // namespace grevy

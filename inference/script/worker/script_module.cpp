// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/worker/script_module.h"

#include <ATen/Parallel.h>
#include <caffe2/serialize/inline_container.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <fmt/format.h>
#include <omp.h>
#include <torch/script.h>
#include <torch/version.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <new>

#include "inference/script/newer_script.h"
#include "inference/script/script_archive.h"
#include "inference/script/worker/script_graph.h"
#include "inference/script/zip_directory.h"

namespace geneglass {
namespace {

/// The first line of LibTorch's message, without its final stop.
std::string reasonOf(const c10::Error& error) {
  std::string text = error.what_without_backtrace();
  text = text.substr(0, text.find('\n'));
  while (text.ends_with('.')) text.pop_back();
  return text;
}

bool isOutOfMemory(std::string_view text) {
  return text.find("allocate memory") != text.npos || text.find("out of memory") != text.npos;
}

/// Of the error of a program that ran the last line says what, and the others where; of one that was not
/// understood the first.
std::string lineThatSays(std::string_view text) {
  const bool ran = text.find("operation failed in the TorchScript interpreter") != text.npos;
  const size_t first = text.find_first_not_of(" \n"), last = text.find_last_not_of(" \n.");
  if (first >= last || last == text.npos) return "it failed";
  const size_t begin = ran ? text.find_last_of('\n', last) + 1 : first;
  return std::string(text.substr(begin, std::min(text.find('\n', begin), last + 1) - begin));
}

/// Whatever LibTorch throws.
ScriptAnswer answerTo(const std::function<ScriptAnswer()>& work) {
  try {
    return work();
  } catch (const c10::Error& error) {
    if (isOutOfMemory(error.what_without_backtrace())) return {ScriptState::OutOfMemory, {}};
    const std::string newer = newerScript(error.what_without_backtrace(), TORCH_VERSION);
    return {ScriptState::Failed, newer.empty() ? reasonOf(error) : newer};
  } catch (const std::bad_alloc&) {
    return {ScriptState::OutOfMemory, {}};
  } catch (const std::exception& error) {
    if (isOutOfMemory(error.what())) return {ScriptState::OutOfMemory, {}};
    const std::string newer = newerScript(error.what(), TORCH_VERSION);
    return {ScriptState::Failed, newer.empty() ? lineThatSays(error.what()) : newer};
  }
}

/// The open file, for LibTorch: nothing else needs to be opened.
class OpenFile final : public caffe2::serialize::ReadAdapterInterface {
 public:
  OpenFile(int file, size_t bytes) : m_file(file), m_bytes(bytes) {}
  size_t size() const override { return m_bytes; }
  size_t read(uint64_t place, void* buffer, size_t count, const char*) const override {
    size_t done = 0;
    while (done < count) {
      const ssize_t part =
          ::pread(m_file, static_cast<char*>(buffer) + done, count - done, static_cast<off_t>(place + done));
      if (part < 0 && errno == EINTR) continue;
      if (part <= 0) break;
      done += static_cast<size_t>(part);
    }
    return done;
  }

 private:
  const int m_file;
  const size_t m_bytes;
};

Result<void> checkArchive(const std::shared_ptr<OpenFile>& file) {
  char begin[4] = {};
  if (file->read(0, begin, sizeof begin, "") != sizeof begin || !std::equal(begin, begin + 4, "PK\3\4"))
    return fail("it is no zip archive");
  const ReadAt readAt = [&](uint64_t place, void* bytes, size_t count) {
    return file->read(place, bytes, count, "") == count;
  };
  const Result<std::vector<ZipMember>> members = zipDirectory(readAt, file->size());
  if (!members) return tl::unexpected(members.error());
  for (const auto& [name, bytes] : *members)
    if (isReadMember(name.substr(name.find('/') + 1)) && bytes > kLongestReadMember)
      return fail(
          fmt::format("its program is not run: '{}' has more than 64 MiB, which no encoder needs", name));
  caffe2::serialize::PyTorchStreamReader reader(file);
  return checkScriptArchive({reader.getAllRecords(), [&](const std::string& name) {
                               const auto [bytes, count] = reader.getRecord(name);
                               return std::string(static_cast<const char*>(bytes.get()), count);
                             }});
}

class LoadedModule final : public ScriptModule {
 public:
  LoadedModule(torch::jit::Module module, const ScriptShape& shape)
      : m_module(std::move(module)), m_shape(shape) {}

  ScriptAnswer compute(const float* tiles, size_t count, float* features) const override {
    at::get_num_threads();  // LibTorch sets a new thread up for all processors on its first question
    omp_set_num_threads(1);
    return answerTo([&] { return forward(tiles, static_cast<int64_t>(count), features); });
  }

 private:
  ScriptAnswer forward(const float* tiles, int64_t count, float* features) const {
    const c10::InferenceMode inference;
    const auto tile = static_cast<int64_t>(m_shape.tile), width = static_cast<int64_t>(m_shape.width);
    const torch::Tensor planes = torch::from_blob(const_cast<float*>(tiles), {count, 3, tile, tile});
    torch::jit::Module module = m_module;  // its forward() is not const, though any thread may call it
    const torch::Tensor output = module.forward({planes.contiguous(at::MemoryFormat::ChannelsLast)})
                                     .toTensor()
                                     .to(torch::kFloat)
                                     .contiguous();
    if (output.dim() != 2 || output.size(0) != count || output.size(1) != width)
      return {ScriptState::Failed, fmt::format("it returns {} where [{}, {}] is promised",
                                               c10::str(output.sizes()), count, width)};
    std::copy_n(output.data_ptr<float>(), count * width, features);
    return {};
  }

  const torch::jit::Module m_module;
  const ScriptShape m_shape;
};

}  // namespace

void setUpLibTorch() {
  const c10::InferenceMode inference;
  at::get_num_threads();
  const torch::Tensor planes = torch::ones({1, 3, 8, 8}), kernel = torch::ones({4, 3, 3, 3});
  torch::matmul(torch::conv2d(planes, kernel).flatten(2), torch::ones({36, 4})).softmax(-1);
}

std::unique_ptr<ScriptModule> loadScriptModule(int file, size_t bytes, const ScriptShape& shape,
                                               ScriptAnswer& answer) {
  std::unique_ptr<ScriptModule> loaded;
  answer = answerTo([&]() -> ScriptAnswer {
    const auto opened = std::make_shared<OpenFile>(file, bytes);
    if (const Result<void> fine = checkArchive(opened); !fine)
      return {ScriptState::Failed, fine.error().sentence};
    torch::jit::Module module = torch::jit::load(opened, torch::kCPU);
    if (const Result<void> fine = checkScriptGraph(module); !fine)
      return {ScriptState::Failed, fine.error().sentence};
    module.eval();
    module = torch::jit::freeze(module);
    loaded = std::make_unique<LoadedModule>(torch::jit::optimize_for_inference(module), shape);
    return {};
  });
  return loaded;
}

}  // namespace geneglass

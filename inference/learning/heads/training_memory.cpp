// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/training_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/text_file.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr size_t kFloatsOfABag = 4096;  ///< from its beginning and from its end

std::vector<uint8_t> bytesOf(const void* first, size_t size) {
  std::vector<uint8_t> bytes(size);
  if (size > 0) std::memcpy(bytes.data(), first, size);
  return bytes;
}

json toJson(const TensorFile& tensors) {
  json object = json::object();
  for (const auto& [name, tensor] : tensors)
    object[name] = {
        {"shape", tensor.shape},
        {"values", json::binary(bytesOf(tensor.values.data(), tensor.values.size() * sizeof(float)))}};
  return object;
}

TensorFile tensorsFrom(const json& object) {
  TensorFile tensors;
  for (const auto& [name, stored] : object.items()) {
    StoredTensor& tensor = tensors[name];
    tensor.shape = stored.at("shape").get<std::vector<int64_t>>();
    const std::vector<uint8_t>& bytes = stored.at("values").get_binary();
    tensor.values.resize(bytes.size() / sizeof(float));
    if (!bytes.empty()) std::memcpy(tensor.values.data(), bytes.data(), bytes.size());
  }
  return tensors;
}

KeptState stateFrom(const json& document) {
  KeptState state;
  state.numbers = document.at("numbers").get<decltype(state.numbers)>();
  for (const auto& [name, tensors] : document.at("tensors").items())
    state.tensors[name] = tensorsFrom(tensors);
  for (const json& report : document.at("reports"))
    state.reports.push_back({report.at(0), report.at(1), report.at(2), report.at(3), report.at(4)});
  return state;
}

std::string textOf(const float* first, size_t count) {
  return {reinterpret_cast<const char*>(first), count * sizeof(float)};
}

}  // namespace

TrainingMemory::TrainingMemory(std::filesystem::path folder, std::string key)
    : m_folder(std::move(folder)), m_key(std::move(key)) {}

std::optional<KeptState> TrainingMemory::find(const std::string& name) const {
  std::ifstream stream(m_folder / (name + ".state"), std::ios::binary);
  if (!stream) return {};
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  try {
    const Result<json> document = parseCbor(bytes);
    if (!document || document->at("key") != m_key) return {};
    return stateFrom(*document);
  } catch (const std::exception&) {
    return {};
  }
}

void TrainingMemory::keep(const std::string& name, const KeptState& state) const {
  json document = {
      {"key", m_key}, {"numbers", state.numbers}, {"tensors", json::object()}, {"reports", json::array()}};
  for (const auto& [of, tensors] : state.tensors) document["tensors"][of] = toJson(tensors);
  for (const EpochReport& report : state.reports)
    document["reports"].push_back(
        {report.epoch, report.ofEpochs, report.trainingLoss, report.validationLoss, report.validationR});
  std::error_code error;
  std::filesystem::create_directories(m_folder, error);
  const std::vector<uint8_t> bytes = json::to_cbor(document);
  (void)writeText(m_folder / (name + ".state"), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void TrainingMemory::forget() const {
  std::error_code ignored;
  std::filesystem::remove_all(m_folder, ignored);
}

std::string keyOf(const TrainingCases& cases, const std::string& settings) {
  std::string text = settings + '\n' + textOf(cases.labels.values.data(), cases.labels.values.size());
  for (const Matrix* bag : cases.bags) {
    const size_t count = std::min(kFloatsOfABag, bag->values.size());
    text += fmt::format("\n{} {}\n", bag->rows, bag->columns);
    text += textOf(bag->values.data(), count);
    text += textOf(bag->values.data() + bag->values.size() - count, count);
  }
  return sha256(text);
}

}  // namespace geneglass

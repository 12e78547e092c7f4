// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/head_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>

namespace geneglass {
namespace {

constexpr const char* kEmbedding = "embedding.weight";
constexpr const char* kValue = "value.weight";
constexpr const char* kAttentionBias = "attention.out.bias";
constexpr const char* kValueBias = "value.bias";
constexpr const char* kScaleMean = "scale.mean";
constexpr const char* kScaleDeviation = "scale.deviation";

bool isOfEmbedding(const std::string& name) {
  return name.starts_with("embedding.");
}

/// S, E and G of the stacked tensors.
struct Sides {
  int64_t splits = 0;
  int64_t embeddings = 0;
  int64_t genes = 0;
  int64_t second(const std::string& name) const { return isOfEmbedding(name) ? embeddings : genes; }
  size_t genesOfMember() const { return embeddings == 1 ? size_t(genes) : 1; }
};

Result<Sides> sidesOf(const TensorFile& tensors) {
  const bool linear = !tensors.count(kEmbedding);
  const char* const ofGenes = linear ? kValueBias : kAttentionBias;  // S x G
  for (const char* name : {linear ? kValue : kEmbedding, ofGenes, kScaleMean, kScaleDeviation})
    if (!tensors.count(name)) return fail(fmt::format("the tensor '{}' is missing", name));
  const std::vector<int64_t>& genes = tensors.at(ofGenes).shape;
  if (genes.size() != 2) return fail(fmt::format("the tensor '{}' is not S x G", ofGenes));
  const Sides sides{genes[0], linear ? 1 : tensors.at(kEmbedding).shape[1], genes[1]};
  if (sides.splits < 1 || sides.genes < 1 || (sides.embeddings != 1 && sides.embeddings != sides.genes))
    return fail(fmt::format("the tensor '{}' is not S x 1 x H x D or S x G x H x D", kEmbedding));
  for (const auto& [name, tensor] : tensors)
    if (tensor.shape.size() < 2 || tensor.shape[0] != sides.splits || tensor.shape[1] != sides.second(name))
      return fail(
          fmt::format("the tensor '{}' does not begin with {} x {}", name, sides.splits, sides.second(name)));
  for (const float deviation : tensors.at(kScaleDeviation).values)
    if (!(deviation > 0)) return fail(fmt::format("the tensor '{}' is not above 0", kScaleDeviation));
  return sides;
}

/// `count` blocks from `first` of the tensor whose two front sides are taken as one.
StoredTensor blocksOf(const StoredTensor& tensor, size_t first, size_t count, bool keepSide) {
  StoredTensor part{{tensor.shape.begin() + 2, tensor.shape.end()}, {}};
  const size_t block =
      size_t(std::accumulate(part.shape.begin(), part.shape.end(), int64_t{1}, std::multiplies<>()));
  if (keepSide) part.shape.insert(part.shape.begin(), int64_t(count));
  part.values.assign(tensor.values.begin() + long(first * block),
                     tensor.values.begin() + long((first + count) * block));
  return part;
}

HeadMember memberOf(const TensorFile& tensors, const Sides& sides, size_t split, size_t embedding) {
  HeadMember member{split, embedding * sides.genesOfMember(), sides.genesOfMember(), {}, {}, {}};
  const size_t firstGene = split * size_t(sides.genes) + member.firstGene;
  for (const auto& [name, tensor] : tensors) {
    if (name == kScaleMean || name == kScaleDeviation) {
      const std::vector<float> values = blocksOf(tensor, firstGene, member.genes, true).values;
      (name == kScaleMean ? member.mean : member.deviation).assign(values.begin(), values.end());
    } else {
      member.weights[name] = isOfEmbedding(name)
                                 ? blocksOf(tensor, split * size_t(sides.embeddings) + embedding, 1, false)
                                 : blocksOf(tensor, firstGene, member.genes, true);
    }
  }
  return member;
}

void append(StoredTensor& all, const std::vector<float>& more) {
  all.values.insert(all.values.end(), more.begin(), more.end());
}

}  // namespace

bool isEnsemble(const TensorFile& tensors) {
  const auto sidesOfTensor = [&](const char* name) {
    const auto found = tensors.find(name);
    return found == tensors.end() ? 0 : found->second.shape.size();
  };
  return sidesOfTensor(kEmbedding) == 4 || (sidesOfTensor(kEmbedding) == 0 && sidesOfTensor(kValue) == 3);
}

Result<std::vector<HeadMember>> membersOf(const TensorFile& tensors) {
  const Result<Sides> sides = sidesOf(tensors);
  if (!sides) return tl::unexpected(sides.error());
  std::vector<HeadMember> members;
  for (size_t split = 0; split < size_t(sides->splits); ++split)
    for (size_t embedding = 0; embedding < size_t(sides->embeddings); ++embedding)
      members.push_back(memberOf(tensors, *sides, split, embedding));
  return members;
}

TensorFile stackMembers(const std::vector<HeadMember>& members) {
  const int64_t splits = int64_t(members.back().split) + 1;
  const int64_t embeddings = int64_t(members.size()) / splits;
  const int64_t genes = embeddings * int64_t(members.front().genes);
  TensorFile stacked;
  for (const auto& [name, tensor] : members.front().weights) {
    StoredTensor& all = stacked[name];
    all.shape = {splits, isOfEmbedding(name) ? embeddings : genes};
    all.shape.insert(all.shape.end(), tensor.shape.begin() + (isOfEmbedding(name) ? 0 : 1),
                     tensor.shape.end());
    for (const HeadMember& member : members) append(all, member.weights.at(name).values);
  }
  StoredTensor &mean = stacked[kScaleMean], &deviation = stacked[kScaleDeviation];
  mean.shape = deviation.shape = {splits, genes};
  for (const HeadMember& member : members) {
    append(mean, {member.mean.begin(), member.mean.end()});
    append(deviation, {member.deviation.begin(), member.deviation.end()});
  }
  return stacked;
}

}  // namespace geneglass

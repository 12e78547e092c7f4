// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cstdlib>

#include "tests/fuzz/fuzz_target.h"

// Reads the seeds of each target, whole, cut short and damaged: the targets as a plain test, without
// libFuzzer.
//   fuzz_seeds [NAME [ROUNDS]]     damages each seed so often; the same ways each time

using namespace geneglass::fuzzing;

namespace {

constexpr int kRounds = 8;

void damage(const FuzzTarget& target, std::span<uint8_t> bytes, std::mt19937& chance) {
  for (auto left = 1 + chance() % 4; left > 0; --left)
    if (target.damage && bytes.size() > 16 && chance() % 2)
      target.damage(bytes, chance);
    else
      bytes[chance() % bytes.size()] = static_cast<uint8_t>(chance());
  if (target.mend) target.mend(bytes);
}

void readSome(const FuzzTarget& target, const std::string& seed, int rounds) {
  target.read(seed);
  for (const size_t parts : {2u, 3u, 17u}) target.read(std::string_view(seed).substr(0, seed.size() / parts));
  std::mt19937 chance(1);
  for (int i = 0; i < rounds; ++i) {
    std::string damaged = seed;
    damage(target, {reinterpret_cast<uint8_t*>(damaged.data()), damaged.size()}, chance);
    target.read(damaged);
  }
}

}  // namespace

int main(int count, char** words) {
  setenv("GENEGLASS_CACHE", "/dev/null/none", 1);
  const int rounds = count > 2 ? std::atoi(words[2]) : kRounds;
  size_t targets = 0;
  for (const FuzzTarget& target : fuzzTargets()) {
    if (count > 1 && target.name != words[1]) continue;
    ++targets;
    const std::vector<std::string> seeds = target.seeds();
    for (const std::string& seed : seeds) {
      if (seed.empty()) broken("a seed is no empty file", target.name);
      if (seed.size() > target.mostBytes)
        broken("a seed is as large as its target reads", fmt::format("{} {}", target.name, seed.size()));
      readSome(target, seed, rounds);
    }
    fmt::print("{}: {} seeds\n", target.name, seeds.size());
  }
  if (targets == 0) fmt::print(stderr, "there is no such target\n");
  return targets > 0 ? 0 : 1;
}
